import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { ResetPassword } from './reset-password.js';
import { ResetPasswordInput, ResetPasswordResult } from './reset-password.types.js';

@Resolver()
export class ResetPasswordResolver {
  constructor(@Inject(ResetPassword) private readonly resets: ResetPassword) {}

  @Access({ anyone: true })
  @Mutation(() => ResetPasswordResult)
  async resetPassword(
    @Args('input', { type: () => ResetPasswordInput }) input: ResetPasswordInput,
  ): Promise<typeof ResetPasswordResult> {
    return this.resets.run(input);
  }
}
