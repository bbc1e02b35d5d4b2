import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import type { ClaimState } from './claims.repository.js';

export const ClaimStateEnum = {
  RELAYED: 'relayed',
  CLAIMED: 'claimed',
  GIVEN_UP: 'given_up',
} as const satisfies Record<string, ClaimState>;
registerEnumType(ClaimStateEnum, {
  name: 'ClaimState',
  description: 'RELAYED is on its way to the chain; CLAIMED stands in a block; GIVEN_UP was refused by it.',
});

@InputType()
export class ClaimCertificateInput {
  @Field(() => ID) certificateId!: string;
  @Field(() => String, { description: 'The address that shall hold the token.' }) recipient!: string;
  @Field(() => Instant, { description: 'The deadline that was signed; whole seconds.' }) deadline!: Date;
  @Field(() => String, { description: "65 bytes of hex: the piece's key signs the prepared digest." })
  signature!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** A claim on its way; who knows its id may follow it. */
@ObjectType('CertificateClaim')
export class CertificateClaimType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) certificateId!: string;
  @Field(() => ClaimStateEnum) state!: ClaimState;
  @Field(() => Instant) requestedAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'The time of its block.' }) claimedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it was given up.' }) problem!: string | null;
}

@ObjectType()
export class ClaimRelayed {
  readonly kind = 'ClaimRelayed';
  @Field(() => CertificateClaimType) claim: CertificateClaimType;

  constructor(claim: CertificateClaimType) {
    this.claim = claim;
  }
}

/** The signature is not that of the key that is sealed with the piece. */
@ObjectType({ implements: () => [Refusal] })
export class ClaimKeyWrong implements Refusal {
  readonly kind = 'ClaimKeyWrong';
  @Field(() => String) message =
    'This was not signed by the key that is sealed with the piece. Open the seal, prepare the claim again and sign ' +
    'exactly the digest that was prepared for this address and deadline.';
}

/** The token cannot be claimed yet. */
@ObjectType({ implements: () => [Refusal] })
export class NotClaimableYet implements Refusal {
  readonly kind = 'NotClaimableYet';
  @Field(() => String) message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The token of the piece was claimed, or a claim is on its way. It is not told by whom. */
@ObjectType({ implements: () => [Refusal] })
export class AlreadyClaimed implements Refusal {
  readonly kind = 'AlreadyClaimed';
  @Field(() => String) message: string;
  @Field(() => Instant, { nullable: true, description: 'Null while the claim is on its way.' })
  since: Date | null;

  constructor(since: Date | null) {
    this.since = since;
    this.message =
      since === null
        ? 'A claim of this piece is on its way to the chain. Wait until it is done.'
        : `This piece has been claimed since ${since.toISOString()}. Each piece is claimed once; ask who sold it to you.`;
  }
}

/** The certificate was withdrawn by its issuer. */
@ObjectType({ implements: () => [Refusal] })
export class CertificateIsWithdrawn implements Refusal {
  readonly kind = 'CertificateIsWithdrawn';
  @Field(() => String) message =
    'The certificate of this piece was withdrawn, so nothing is done with it. Check the piece for the reason and its date.';
}

@ObjectType({ implements: () => [Refusal] })
export class TooManyClaims implements Refusal {
  readonly kind = 'TooManyClaims';
  @Field(() => String) message: string;

  constructor(limit: number) {
    this.message = `More than ${String(limit)} claims came from your network within a minute. Nothing was sent; try again in a minute.`;
  }
}

export type ClaimRefusal =
  NotFound | ClaimKeyWrong | NotClaimableYet | AlreadyClaimed | CertificateIsWithdrawn;

export type ClaimCertificateOutcome =
  ClaimRelayed | ClaimRefusal | InputRefused | RequestIdReused | TooManyClaims;

export const ClaimCertificateResult = resultUnion('ClaimCertificateResult', () => [
  ClaimRelayed,
  NotFound,
  ClaimKeyWrong,
  NotClaimableYet,
  AlreadyClaimed,
  CertificateIsWithdrawn,
  InputRefused,
  RequestIdReused,
  TooManyClaims,
]);

/** The arguments of the contract's `claim`, so that anybody can also send it without us. */
@ObjectType('ClaimProof')
export class ClaimProofType {
  @Field(() => String, { description: 'The EIP-712 digest to sign with the claim key.' }) digest!: string;
  @Field(() => Int) chainId!: number;
  @Field(() => String) contract!: string;
  @Field(() => String) issuer!: string;
  @Field(() => String, { description: 'uint64 in decimal digits.' }) edition!: string;
  @Field(() => Int) serial!: number;
  @Field(() => String) certificateDigest!: string;
  @Field(() => Int) firstSerial!: number;
  @Field(() => Int) count!: number;
  @Field(() => String) root!: string;
  @Field(() => Instant) time!: Date;
  @Field(() => Instant, { nullable: true }) cosignUntil!: Date | null;
  @Field(() => [String]) path!: string[];
}

/** What the piece's key has to sign, and all that the contract asks beside the signature. */
@ObjectType('ClaimPreparation')
export class ClaimPreparationType {
  @Field(() => ID) certificateId!: string;
  @Field(() => String, { nullable: true, description: 'Why it cannot be claimed now; null when it can.' })
  obstacle!: string | null;
  @Field(() => Instant, { nullable: true, description: 'Since when the token is claimed, if it is.' })
  claimedSince!: Date | null;
  @Field(() => String, { description: 'Address of the key that is sealed with the piece.' })
  claimKey!: string;
  @Field(() => String) recipient!: string;
  @Field(() => Instant) deadline!: Date;
  @Field(() => ClaimProofType, { nullable: true, description: 'Null until the piece is anchored.' })
  proof!: ClaimProofType | null;
}
