import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { AgreementType } from '../agreement.types.js';

@InputType()
export class ApproveAgreementInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) versionId!: string;
  @Field(() => ID) requestId!: string;
}

@ObjectType()
export class AgreementApproved {
  readonly kind = 'AgreementApproved';
  @Field(() => AgreementType) agreement!: AgreementType;
  constructor(agreement: AgreementType) {
    this.agreement = agreement;
  }
}

export const ApproveAgreementResult = resultUnion('ApproveAgreementResult', () => [
  AgreementApproved,
  NotFound,
  RequestIdReused,
]);
export type ApproveAgreementOutcome = AgreementApproved | NotFound | RequestIdReused;
