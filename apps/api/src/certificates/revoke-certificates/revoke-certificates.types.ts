import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { type ChangeReason, ChangeReasonEnum } from '../change-reasons.js';
import { NotAnchoredYet, WithdrawnBefore } from '../change-refusals.js';

@InputType()
export class RevokeCertificatesInput {
  @Field(() => ID) coopId!: string;
  @Field(() => [ID], { description: '1 to 100 certificates; all are withdrawn by one call, or none is.' })
  certificateIds!: string[];
  @Field(() => ChangeReasonEnum) reason!: ChangeReason;
  @Field(() => String, { description: 'Why, for whoever asks later; 1 to 500 characters.' }) words!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

/** Certificates that were withdrawn in one call, and why. */
@ObjectType('Withdrawal')
export class WithdrawalType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => ChangeReasonEnum) reason!: ChangeReason;
  @Field(() => String) words!: string;
  @Field(() => Instant) requestedAt!: Date;
  @Field(() => Instant, {
    nullable: true,
    description: 'The time of its block; null while it is on its way.',
  })
  recordedAt!: Date | null;
  @Field(() => [ID]) certificateIds!: string[];
}

@ObjectType()
export class CertificatesRevoked {
  readonly kind = 'CertificatesRevoked';
  @Field(() => WithdrawalType) withdrawal: WithdrawalType;

  constructor(withdrawal: WithdrawalType) {
    this.withdrawal = withdrawal;
  }
}

export type RevokeCertificatesOutcome =
  CertificatesRevoked | NotFound | NotAnchoredYet | WithdrawnBefore | InputRefused | RequestIdReused;

export const RevokeCertificatesResult = resultUnion('RevokeCertificatesResult', () => [
  CertificatesRevoked,
  NotFound,
  NotAnchoredYet,
  WithdrawnBefore,
  InputRefused,
  RequestIdReused,
]);
