import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { CancelSeries } from './cancel-series.js';
import { CancelSeriesInput, CancelSeriesResult, type CancelSeriesOutcome } from './cancel-series.types.js';

@Resolver()
export class CancelSeriesResolver {
  constructor(@Inject(CancelSeries) private readonly cancelSeries: CancelSeries) {}

  @Access({ roles: ROLES })
  @Mutation(() => CancelSeriesResult, { name: 'cancelSeries' })
  run(@CurrentActor() actor: Actor, @Args('input') input: CancelSeriesInput): Promise<CancelSeriesOutcome> {
    return this.cancelSeries.run(accountOf(actor), input);
  }
}
