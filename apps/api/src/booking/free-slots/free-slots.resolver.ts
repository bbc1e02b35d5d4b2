import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { checkedRange } from '../range.js';
import { FreeSlots } from './free-slots.js';
import { CellFreeSlots } from './free-slots.types.js';

const MOST_DAYS = 31;

@Resolver()
export class FreeSlotsResolver {
  constructor(@Inject(FreeSlots) private readonly freeSlots: FreeSlots) {}

  @Access({ roles: ROLES, brand: 'capacity:read' })
  @Query(() => [CellFreeSlots], {
    name: 'freeSlots',
    description: 'What is free in a workshop; at most 31 days.',
  })
  run(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('fromAt', { type: () => Instant }) fromAt: Date,
    @Args('toAt', { type: () => Instant }) toAt: Date,
    @Args('family', {
      type: () => String,
      nullable: true,
      description: 'Free for this setup family; cells that do not have it answer for their default.',
    })
    family?: string | null,
  ): Promise<CellFreeSlots[]> {
    return this.freeSlots.run(coopId, workshopId, checkedRange(fromAt, toAt, MOST_DAYS), family ?? null);
  }
}
