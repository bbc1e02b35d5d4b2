import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { SetProviderBrand } from './set-provider-brand.js';
import {
  SetProviderBrandInput,
  SetProviderBrandResult,
  type SetProviderBrandOutcome,
} from './set-provider-brand.types.js';

@Resolver()
export class SetProviderBrandResolver {
  constructor(@Inject(SetProviderBrand) private readonly setProviderBrand: SetProviderBrand) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetProviderBrandResult, { name: 'setProviderBrand' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: SetProviderBrandInput,
  ): Promise<SetProviderBrandOutcome> {
    return this.setProviderBrand.run(accountOf(actor), input);
  }
}
