import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { type ChangeReason, ChangeReasonEnum } from '../change-reasons.js';
import { NotAnchoredYet, WithdrawnBefore } from '../change-refusals.js';

@InputType()
export class ReplaceCertificateInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) certificateId!: string;
  @Field(() => ChangeReasonEnum) reason!: ChangeReason;
  @Field(() => String, { description: 'Why, for whoever asks later; 1 to 500 characters.' }) words!: string;
  @Field(() => Boolean, {
    description:
      'The piece gets a new sealed key, as when the card is lost; only while nobody has claimed it.',
  })
  newClaimKey!: boolean;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** A certificate written anew, from what is recorded of the piece now; its serial stays. */
@ObjectType('Replacement')
export class ReplacementType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) certificateId!: string;
  @Field(() => ChangeReasonEnum) reason!: ChangeReason;
  @Field(() => String) words!: string;
  @Field(() => String) documentRoot!: string;
  @Field(() => String) claimKey!: string;
  @Field(() => String) digest!: string;
  @Field(() => Instant) requestedAt!: Date;
  @Field(() => Instant, { nullable: true, description: 'The time of its block; in force from then on.' })
  recordedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why the chain did not take it.' })
  givenUp!: string | null;
}

@ObjectType()
export class CertificateReplaced {
  readonly kind = 'CertificateReplaced';
  @Field(() => ReplacementType) replacement: ReplacementType;

  constructor(replacement: ReplacementType) {
    this.replacement = replacement;
  }
}

/** Another replacement of this certificate is on its way to the chain. */
@ObjectType({ implements: () => [Refusal] })
export class ReplacementUnderWay implements Refusal {
  readonly kind = 'ReplacementUnderWay';
  @Field(() => String) message =
    'Another replacement of this certificate is on its way to the chain. Wait until it stands there.';
}

/** The sealed key was used, so another one would do nothing. */
@ObjectType({ implements: () => [Refusal] })
export class ClaimKeyUsed implements Refusal {
  readonly kind = 'ClaimKeyUsed';
  @Field(() => String) message =
    'The piece is claimed or a claim is on its way, so a new sealed key would open nothing. Replace it without one.';
}

export type ReplaceCertificateOutcome =
  | CertificateReplaced
  | NotFound
  | NotAnchoredYet
  | WithdrawnBefore
  | ReplacementUnderWay
  | ClaimKeyUsed
  | InputRefused
  | RequestIdReused;

export const ReplaceCertificateResult = resultUnion('ReplaceCertificateResult', () => [
  CertificateReplaced,
  NotFound,
  NotAnchoredYet,
  WithdrawnBefore,
  ReplacementUnderWay,
  ClaimKeyUsed,
  InputRefused,
  RequestIdReused,
]);
