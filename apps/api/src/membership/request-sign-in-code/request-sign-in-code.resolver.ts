import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { RequestSignInCode } from './request-sign-in-code.js';
import { RequestSignInCodeInput, RequestSignInCodeResult } from './request-sign-in-code.types.js';

@Resolver()
export class RequestSignInCodeResolver {
  constructor(@Inject(RequestSignInCode) private readonly codes: RequestSignInCode) {}

  @Access({ anyone: true })
  @Mutation(() => RequestSignInCodeResult)
  async requestSignInCode(
    @Args('input', { type: () => RequestSignInCodeInput }) input: RequestSignInCodeInput,
    @Context() { req }: GraphqlContext,
  ): Promise<typeof RequestSignInCodeResult> {
    return this.codes.run({ email: input.email, ip: req.ip ?? '' });
  }
}
