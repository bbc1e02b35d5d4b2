import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Instant, Refusal, resultUnion } from '../../platform/graphql/index.js';
import type { Account } from '../accounts.repository.js';
import { Me, meOf } from '../me/me.types.js';
import type { OpenedSession } from '../open-session.js';

@InputType()
export class SignInInput {
  @Field(() => String) email!: string;
  @Field(() => String) password!: string;
}

/** What a use case that signs in answers before the edge has put the refresh token into its cookie. */
export interface SessionOpened {
  readonly kind: 'SignedIn';
  readonly account: Account;
  readonly session: OpenedSession;
}

@ObjectType({ description: 'Send accessToken as "Authorization: Bearer ..."; it lasts ten minutes.' })
export class SignedIn {
  readonly kind = 'SignedIn';
  @Field(() => String) accessToken: string;
  @Field(() => Instant) expiresAt: Date;
  @Field(() => Me) me: Me;

  constructor({ account, session }: SessionOpened) {
    this.accessToken = session.accessToken;
    this.expiresAt = session.expiresAt;
    this.me = meOf(account, session.method === 'password');
  }
}

@ObjectType({ implements: () => [Refusal] })
export class SignInRefused implements Refusal {
  readonly kind = 'SignInRefused';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooManyAttempts implements Refusal {
  readonly kind = 'TooManyAttempts';
  @Field(() => String) message: string;
  @Field(() => Int) retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    this.retryAfterSeconds = retryAfterSeconds;
    this.message = `There were too many attempts. Nothing was checked; try again in ${String(retryAfterSeconds)} seconds.`;
  }
}

export const SignInResult = resultUnion('SignInResult', () => [SignedIn, SignInRefused, TooManyAttempts]);
