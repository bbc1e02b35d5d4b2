import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { setRefreshCookie } from '../refresh-cookie.js';
import { SignIn } from './sign-in.js';
import { SignInInput, SignInResult, SignedIn } from './sign-in.types.js';

@Resolver()
export class SignInResolver {
  constructor(
    @Inject(SignIn) private readonly signIns: SignIn,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Access({ anyone: true })
  @Mutation(() => SignInResult)
  async signIn(
    @Args('input', { type: () => SignInInput }) input: SignInInput,
    @Context() { req, res }: GraphqlContext,
  ): Promise<typeof SignInResult> {
    const outcome = await this.signIns.run({ ...input, ip: req.ip ?? '' });
    if (outcome.kind !== 'SignedIn') return outcome;
    setRefreshCookie(res, this.config, outcome.session.refresh);
    return new SignedIn(outcome);
  }
}
