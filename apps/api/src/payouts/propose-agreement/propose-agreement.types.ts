import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { AgreementType } from '../agreement.types.js';

@InputType()
export class AgreementPartyInput {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: 'A fraction 7/10, a decimal 0.7 or a percentage 70%.' }) share!: string;
}

@InputType()
export class ProposeAgreementInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String) name!: string;
  @Field(() => String, {
    description: "The co-op's fee on every sale: 0 or more and less than 1, e.g. 1/10.",
  })
  fee!: string;
  @Field(() => [AgreementPartyInput], {
    description: 'Shares of what is left after the fee; they sum to one.',
  })
  parties!: AgreementPartyInput[];
  @Field(() => ID) requestId!: string;
}

@ObjectType()
export class AgreementProposed {
  readonly kind = 'AgreementProposed';
  @Field(() => AgreementType) agreement!: AgreementType;
  constructor(agreement: AgreementType) {
    this.agreement = agreement;
  }
}

export const ProposeAgreementResult = resultUnion('ProposeAgreementResult', () => [
  AgreementProposed,
  InputRefused,
  NotFound,
  RequestIdReused,
]);
export type ProposeAgreementOutcome = AgreementProposed | InputRefused | NotFound | RequestIdReused;
