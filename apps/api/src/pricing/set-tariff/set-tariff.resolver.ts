import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { SetTariff } from './set-tariff.js';
import { SetTariffInput, SetTariffResult, type SetTariffOutcome } from './set-tariff.types.js';

@Resolver()
export class SetTariffResolver {
  constructor(@Inject(SetTariff) private readonly setTariff: SetTariff) {}

  @Access({ roles: ['admin', 'treasurer'] })
  @Mutation(() => SetTariffResult, { name: 'setTariff' })
  run(@CurrentActor() actor: Actor, @Args('input') input: SetTariffInput): Promise<SetTariffOutcome> {
    return this.setTariff.run(accountOf(actor), input);
  }
}
