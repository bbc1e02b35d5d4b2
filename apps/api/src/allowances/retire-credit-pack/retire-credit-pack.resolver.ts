import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { RetireCreditPack } from './retire-credit-pack.js';
import {
  RetireCreditPackInput,
  RetireCreditPackResult,
  type RetireCreditPackOutcome,
} from './retire-credit-pack.types.js';

@Resolver()
export class RetireCreditPackResolver {
  constructor(@Inject(RetireCreditPack) private readonly retireCreditPack: RetireCreditPack) {}

  @Access({ roles: ['treasurer', 'admin'] })
  @Mutation(() => RetireCreditPackResult, { name: 'retireCreditPack' })
  run(@Args('input') input: RetireCreditPackInput): Promise<RetireCreditPackOutcome> {
    return this.retireCreditPack.run(input);
  }
}
