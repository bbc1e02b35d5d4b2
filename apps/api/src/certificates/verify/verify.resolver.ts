import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { Verify } from './verify.js';
import { VerdictType, VerifyInput } from './verify.types.js';

/** The check that anyone may ask for. */
@Resolver()
export class VerifyResolver {
  constructor(@Inject(Verify) private readonly verify: Verify) {}

  @Access({ anyone: true })
  @Query(() => VerdictType, { name: 'verify' })
  check(
    @Args('input', { type: () => VerifyInput }) input: VerifyInput,
    @Context() { req }: GraphqlContext,
  ): Promise<VerdictType> {
    return this.verify.run(input, req.ip ?? '');
  }
}
