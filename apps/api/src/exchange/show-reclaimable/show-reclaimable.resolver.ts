import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { MOST_CALENDAR_DAYS, checkedRange } from '../../booking/index.js';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Instant, isUuid } from '../../platform/graphql/index.js';
import { ShowReclaimable } from './show-reclaimable.js';
import { ReclaimableWindow } from './show-reclaimable.types.js';

@Resolver()
export class ShowReclaimableResolver {
  constructor(@Inject(ShowReclaimable) private readonly showReclaimable: ShowReclaimable) {}

  @Access({ roles: ROLES })
  @Query(() => [ReclaimableWindow], {
    name: 'reclaimableWindows',
    description: "The time of peers' orders on the stations of a workshop, by start; at most 14 days.",
  })
  async run(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('fromAt', { type: () => Instant }) fromAt: Date,
    @Args('toAt', { type: () => Instant }) toAt: Date,
  ): Promise<ReclaimableWindow[]> {
    const range = checkedRange(fromAt, toAt, MOST_CALENDAR_DAYS);
    return isUuid(coopId) ? this.showReclaimable.run(coopId, workshopId, range) : [];
  }
}
