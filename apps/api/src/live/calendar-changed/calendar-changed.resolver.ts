import { Inject } from '@nestjs/common';
import { Args, Context, ID, Resolver, Subscription } from '@nestjs/graphql';
import { MOST_CALENDAR_DAYS, checkedRange, runsWorkshop } from '../../booking/index.js';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Instant } from '../../platform/graphql/index.js';
import type { LiveContext } from '../../platform/subscriptions/index.js';
import { CalendarChange } from './calendar-changed.types.js';
import { CalendarRelay, type CalendarChanged } from './calendar-relay.js';

@Resolver()
export class CalendarChangedResolver {
  constructor(@Inject(CalendarRelay) private readonly relay: CalendarRelay) {}

  @Access({ roles: ROLES })
  @Subscription(() => CalendarChange, {
    description:
      'What changes in a calendar of at most 14 days, as the query calendar would show it to the caller.',
  })
  calendarChanged(
    @CurrentActor() actor: Actor,
    @Context() { connection }: LiveContext,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('fromAt', { type: () => Instant }) fromAt: Date,
    @Args('toAt', { type: () => Instant }) toAt: Date,
  ): Promise<AsyncIterableIterator<CalendarChanged>> {
    const viewer = { accountId: accountOf(actor), seesAll: runsWorkshop(actor, coopId) };
    const range = checkedRange(fromAt, toAt, MOST_CALENDAR_DAYS);
    return this.relay.watch(connection, { coopId, workshopId, range, viewer });
  }
}
