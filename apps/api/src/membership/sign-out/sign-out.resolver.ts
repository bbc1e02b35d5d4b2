import { Inject } from '@nestjs/common';
import { Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { type GraphqlContext, forbidden } from '../../platform/graphql/index.js';
import { clearRefreshCookie } from '../refresh-cookie.js';
import { SignOut } from './sign-out.js';
import { SignedOut } from './sign-out.types.js';

@Resolver()
export class SignOutResolver {
  constructor(
    @Inject(SignOut) private readonly signOuts: SignOut,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Access({ person: true })
  @Mutation(() => SignedOut)
  async signOut(@CurrentActor() actor: Actor, @Context() { res }: GraphqlContext): Promise<SignedOut> {
    if (actor.kind !== 'Person') throw forbidden('Only a person has a session to end.');
    clearRefreshCookie(res, this.config);
    return this.signOuts.here(actor.sessionId);
  }

  @Access({ person: true })
  @Mutation(() => SignedOut)
  async signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Context() { res }: GraphqlContext,
  ): Promise<SignedOut> {
    if (actor.kind !== 'Person') throw forbidden('Only a person has sessions to end.');
    clearRefreshCookie(res, this.config);
    return this.signOuts.everywhere(actor.accountId);
  }
}
