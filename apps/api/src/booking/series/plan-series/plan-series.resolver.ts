import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { PlanSeries } from './plan-series.js';
import { PlanSeriesInput, PlanSeriesResult, type PlanSeriesOutcome } from './plan-series.types.js';

@Resolver()
export class PlanSeriesResolver {
  constructor(@Inject(PlanSeries) private readonly planSeries: PlanSeries) {}

  @Access({ roles: ROLES })
  @Query(() => PlanSeriesResult, {
    name: 'planSeries',
    description: 'The report of a series before anything is taken.',
  })
  run(@CurrentActor() actor: Actor, @Args('input') input: PlanSeriesInput): Promise<PlanSeriesOutcome> {
    return this.planSeries.run(accountOf(actor), input);
  }
}
