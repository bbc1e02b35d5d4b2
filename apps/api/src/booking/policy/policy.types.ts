import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

/** Whether the minutes really used change a frozen price. */
export const ActualMinutes = { FROZEN: 'frozen', UP: 'up', BOTH: 'both' } as const;
registerEnumType(ActualMinutes, {
  name: 'ActualMinutes',
  valuesMap: {
    FROZEN: { description: 'The price stays as it was held.' },
    UP: { description: 'Longer work is charged on.' },
    BOTH: { description: 'Longer work is charged on, shorter work is credited.' },
  },
});

@ObjectType('CancelTier')
@InputType('CancelTierInput')
export class CancelTierType {
  @Field(() => Int, { description: 'Who gives at least so many hours of notice ...' }) noticeHours!: number;
  @Field(() => Int, { description: '... pays this percent of the price.' }) feePercent!: number;
}

@ObjectType('BookingPolicy')
export class BookingPolicyType {
  @Field(() => [CancelTierType], {
    description: 'Most notice first; less notice than the last asks for costs the whole price.',
  })
  cancelTiers!: readonly CancelTierType[];
  @Field(() => Int, { description: 'What a booking costs that nobody came for, of its price.' })
  noShowPercent!: number;
  @Field(() => Int, { description: 'How long after its start nobody must have come.' })
  noShowAfterMinutes!: number;
  @Field(() => ActualMinutes) actualMinutes!: (typeof ActualMinutes)[keyof typeof ActualMinutes];
  @Field(() => Int, { description: 'How long an offer from the waiting list is held.' })
  waitingAnswerMinutes!: number;
}
