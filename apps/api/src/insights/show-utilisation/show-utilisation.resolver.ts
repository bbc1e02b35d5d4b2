import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { MINUTE_MS } from '@touchmark/calendar';
import { checkedRange } from '../../booking/index.js';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Instant, badUserInput } from '../../platform/graphql/index.js';
import { ShowUtilisation } from './show-utilisation.js';
import { CellUtilisation } from './show-utilisation.types.js';

const MOST_DAYS = 92;

@Resolver()
export class ShowUtilisationResolver {
  constructor(@Inject(ShowUtilisation) private readonly showUtilisation: ShowUtilisation) {}

  @Access({ roles: ROLES })
  @Query(() => [CellUtilisation], {
    name: 'utilisation',
    description:
      'What is booked and open in each cell of a workshop, by hour of the week; whole minutes, at most 92 days.',
  })
  run(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('fromAt', { type: () => Instant }) fromAt: Date,
    @Args('toAt', { type: () => Instant }) toAt: Date,
  ): Promise<CellUtilisation[]> {
    const range = checkedRange(fromAt, toAt, MOST_DAYS);
    if (range.fromAt % MINUTE_MS !== 0 || range.toAt % MINUTE_MS !== 0)
      throw badUserInput('The range is not of whole minutes. Leave seconds out of fromAt and toAt.');
    return this.showUtilisation.run(coopId, workshopId, range);
  }
}
