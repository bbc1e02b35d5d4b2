import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CreateCreditPack } from './create-credit-pack.js';
import {
  CreateCreditPackInput,
  CreateCreditPackResult,
  type CreateCreditPackOutcome,
} from './create-credit-pack.types.js';

@Resolver()
export class CreateCreditPackResolver {
  constructor(@Inject(CreateCreditPack) private readonly createCreditPack: CreateCreditPack) {}

  @Access({ roles: ['treasurer', 'admin'] })
  @Mutation(() => CreateCreditPackResult, { name: 'createCreditPack' })
  run(@Args('input') input: CreateCreditPackInput): Promise<CreateCreditPackOutcome> {
    return this.createCreditPack.run(input);
  }
}
