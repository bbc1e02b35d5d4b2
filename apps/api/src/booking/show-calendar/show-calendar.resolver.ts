import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { checkedRange } from '../range.js';
import { runsWorkshop } from '../viewer.js';
import { ShowCalendar } from './show-calendar.js';
import { StationDay } from './show-calendar.types.js';

/** How much of a calendar is shown, and watched, at a time. */
export const MOST_CALENDAR_DAYS = 14;

@Resolver()
export class ShowCalendarResolver {
  constructor(@Inject(ShowCalendar) private readonly showCalendar: ShowCalendar) {}

  @Access({ roles: ROLES })
  @Query(() => [StationDay], {
    name: 'calendar',
    description: 'What stands on each station; at most 14 days.',
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('fromAt', { type: () => Instant }) fromAt: Date,
    @Args('toAt', { type: () => Instant }) toAt: Date,
  ): Promise<StationDay[]> {
    const viewer = { accountId: accountOf(actor), seesAll: runsWorkshop(actor, coopId) };
    return this.showCalendar.run(viewer, coopId, workshopId, checkedRange(fromAt, toAt, MOST_CALENDAR_DAYS));
  }
}
