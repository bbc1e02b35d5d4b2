import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { runsWorkshop } from '../../booking/index.js';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { TariffType } from '../../pricing/index.js';
import { SimulateTariff } from './simulate-tariff.js';
import { SimulateTariffResult, type SimulateTariffOutcome } from './simulate-tariff.types.js';

@Resolver()
export class SimulateTariffResolver {
  constructor(@Inject(SimulateTariff) private readonly simulateTariff: SimulateTariff) {}

  @Access({ roles: ['admin', 'treasurer'] })
  @Query(() => SimulateTariffResult, {
    name: 'simulateTariff',
    description:
      "The past 90 days by a tariff that is not set: of one cell, or of all cells that follow the co-op's. Changes nothing.",
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('tariff', { type: () => TariffType }) tariff: TariffType,
    @Args('cellId', { type: () => ID, nullable: true }) cellId: string | null = null,
  ): Promise<SimulateTariffOutcome> {
    return this.simulateTariff.run({ coopId, cellId, tariff, seesNames: runsWorkshop(actor, coopId) });
  }
}
