import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { CreateBrand } from './create-brand.js';
import { CreateBrandInput, CreateBrandResult } from './create-brand.types.js';

@Resolver()
export class CreateBrandResolver {
  constructor(@Inject(CreateBrand) private readonly brands: CreateBrand) {}

  @Access({ person: 'password' })
  @Mutation(() => CreateBrandResult)
  async createBrand(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => CreateBrandInput }) input: CreateBrandInput,
  ): Promise<typeof CreateBrandResult> {
    return this.brands.run(accountOf(actor), input.name);
  }
}
