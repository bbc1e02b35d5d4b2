import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';
import { TapType } from '../taps.types.js';

@InputType()
export class PresentTapInput {
  @Field(() => String, { description: '13 or 14 digits, from the link.' }) gtin!: string;
  @Field(() => Int) serial!: number;
  @Field(() => String, { description: 'The encrypted PICC data in the link: 32 hex digits.' }) picc!: string;
  @Field(() => String, { description: 'The MAC in the link: 16 hex digits.' }) mac!: string;
  @Field(() => String, {
    description:
      'A secret of the browser, such as a random cookie: 16 to 128 letters, digits, - and _. The code belongs to the first.',
  })
  session!: string;
}

@ObjectType()
export class TapPresented {
  readonly kind = 'TapPresented';
  @Field(() => TapType) tap: TapType;

  constructor(tap: TapType) {
    this.tap = tap;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooManyTaps implements Refusal {
  readonly kind = 'TooManyTaps';
  @Field(() => String) message: string;

  constructor(limit: number) {
    this.message =
      `More than ${String(limit)} taps came from your network within a minute. This one was not looked at and is not ` +
      'spent; try again in a minute.';
  }
}

export type PresentTapOutcome = TapPresented | NotFound | InputRefused | TooManyTaps;

export const PresentTapResult = resultUnion('PresentTapResult', () => [
  TapPresented,
  NotFound,
  InputRefused,
  TooManyTaps,
]);
