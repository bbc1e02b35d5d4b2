import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { setRefreshCookie } from '../refresh-cookie.js';
import { SignInResult, SignedIn } from '../sign-in/sign-in.types.js';
import { SignInWithCode } from './sign-in-with-code.js';
import { SignInWithCodeInput } from './sign-in-with-code.types.js';

@Resolver()
export class SignInWithCodeResolver {
  constructor(
    @Inject(SignInWithCode) private readonly signIns: SignInWithCode,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Access({ anyone: true })
  @Mutation(() => SignInResult)
  async signInWithCode(
    @Args('input', { type: () => SignInWithCodeInput }) input: SignInWithCodeInput,
    @Context() { req, res }: GraphqlContext,
  ): Promise<typeof SignInResult> {
    const outcome = await this.signIns.run({ ...input, ip: req.ip ?? '' });
    if (outcome.kind !== 'SignedIn') return outcome;
    setRefreshCookie(res, this.config, outcome.session.refresh);
    return new SignedIn(outcome);
  }
}
