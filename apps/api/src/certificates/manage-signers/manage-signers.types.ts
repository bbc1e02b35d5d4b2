import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { KeyPurpose } from '../../chain/index.js';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  connectionType,
  resultUnion,
} from '../../platform/graphql/index.js';

export const KeyPurposeEnum = {
  SIGNER: 'signer',
  PUBLISHER: 'publisher',
  CO_SIGNER: 'cosigner',
} as const satisfies Record<string, KeyPurpose>;
registerEnumType(KeyPurposeEnum, {
  name: 'KeyPurpose',
  description:
    'SIGNER signs certificates; PUBLISHER signs their batches; CO_SIGNER signs claims along for a while.',
});

/** A key that the issuer has named on chain. Times are those of blocks, so none is dated back. */
@ObjectType('IssuerKey')
export class IssuerKeyType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => KeyPurposeEnum) purpose!: KeyPurpose;
  @Field(() => String) address!: string;
  @Field(() => Instant) requestedAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'Null until its naming stands in a block.' })
  validFrom!: Date | null;
  @Field(() => Instant, { nullable: true, description: 'Since when it is to be retired.' })
  retiringAt!: Date | null;
  @Field(() => Instant, { nullable: true, description: 'What it signed and what is anchored stands.' })
  retiredAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it was retired.' }) words!: string | null;
}

export const IssuerKeyConnection = connectionType(IssuerKeyType, 'IssuerKey');

@InputType()
export class RotateSignerInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@InputType()
export class RetireSignerInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String, { description: 'The address of the key.' }) address!: string;
  @Field(() => String, { description: 'Why, for whoever asks later; 1 to 500 characters.' }) words!: string;
  @Field(() => Boolean, {
    description:
      'False waits until all it signed is anchored for good. True, for a key that somebody else may hold, does not: ' +
      'what is not anchored then has to be issued anew.',
  })
  atOnce!: boolean;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class SignerRotated {
  readonly kind = 'SignerRotated';
  @Field(() => IssuerKeyType, { description: 'It signs once its naming is final.' }) key: IssuerKeyType;

  constructor(key: IssuerKeyType) {
    this.key = key;
  }
}

@ObjectType()
export class SignerRetired {
  readonly kind = 'SignerRetired';
  @Field(() => IssuerKeyType) key: IssuerKeyType;

  constructor(key: IssuerKeyType) {
    this.key = key;
  }
}

/** There is no key to change to. */
@ObjectType({ implements: () => [Refusal] })
export class NoNextSigner implements Refusal {
  readonly kind = 'NoNextSigner';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The key signs now, or was retired before. */
@ObjectType({ implements: () => [Refusal] })
export class SignerNotRetirable implements Refusal {
  readonly kind = 'SignerNotRetirable';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

export type RotateSignerOutcome = SignerRotated | NoNextSigner | NotFound | RequestIdReused;
export type RetireSignerOutcome =
  SignerRetired | SignerNotRetirable | NotFound | InputRefused | RequestIdReused;

export const RotateSignerResult = resultUnion('RotateSignerResult', () => [
  SignerRotated,
  NoNextSigner,
  NotFound,
  RequestIdReused,
]);
export const RetireSignerResult = resultUnion('RetireSignerResult', () => [
  SignerRetired,
  SignerNotRetirable,
  NotFound,
  InputRefused,
  RequestIdReused,
]);
