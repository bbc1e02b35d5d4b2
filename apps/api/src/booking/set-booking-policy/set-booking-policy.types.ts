import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { ActualMinutes, BookingPolicyType, CancelTierType } from '../policy/policy.types.js';

@InputType()
export class SetBookingPolicyInput {
  @Field(() => ID) coopId!: string;
  @Field(() => [CancelTierType]) cancelTiers!: CancelTierType[];
  @Field(() => Int) noShowPercent!: number;
  @Field(() => Int) noShowAfterMinutes!: number;
  @Field(() => ActualMinutes) actualMinutes!: (typeof ActualMinutes)[keyof typeof ActualMinutes];
  @Field(() => Int) waitingAnswerMinutes!: number;
}

@ObjectType()
export class BookingPolicySet {
  readonly kind = 'BookingPolicySet';
  @Field(() => BookingPolicyType) policy: BookingPolicyType;

  constructor(policy: BookingPolicyType) {
    this.policy = policy;
  }
}

export type SetBookingPolicyOutcome = BookingPolicySet | InputRefused;

export const SetBookingPolicyResult = resultUnion('SetBookingPolicyResult', () => [
  BookingPolicySet,
  InputRefused,
]);
