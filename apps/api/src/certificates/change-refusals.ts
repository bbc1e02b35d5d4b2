import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '../platform/graphql/index.js';

/** What is not anchored cannot be changed on chain. */
@ObjectType({ implements: () => [Refusal] })
export class NotAnchoredYet implements Refusal {
  readonly kind = 'NotAnchoredYet';
  @Field(() => String) message: string;
  @Field(() => [Int]) serials: number[];

  constructor(serials: number[]) {
    this.serials = serials;
    this.message = `Not anchored on chain yet: serial ${serials.join(', ')}. Nothing was changed; try again once it is.`;
  }
}

/** A certificate is withdrawn once, for good. */
@ObjectType({ implements: () => [Refusal] })
export class WithdrawnBefore implements Refusal {
  readonly kind = 'WithdrawnBefore';
  @Field(() => String) message: string;
  @Field(() => [Int]) serials: number[];

  constructor(serials: number[]) {
    this.serials = serials;
    this.message = `Withdrawn before: serial ${serials.join(', ')}. Nothing was changed; a withdrawal is for good.`;
  }
}
