import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { RequestPasswordReset } from './request-password-reset.js';
import { PasswordResetRequested, RequestPasswordResetInput } from './request-password-reset.types.js';

@Resolver()
export class RequestPasswordResetResolver {
  constructor(@Inject(RequestPasswordReset) private readonly resets: RequestPasswordReset) {}

  @Access({ anyone: true })
  @Mutation(() => PasswordResetRequested)
  async requestPasswordReset(
    @Args('input', { type: () => RequestPasswordResetInput }) input: RequestPasswordResetInput,
    @Context() { req }: GraphqlContext,
  ): Promise<PasswordResetRequested> {
    return this.resets.run({ email: input.email, ip: req.ip ?? '' });
  }
}
