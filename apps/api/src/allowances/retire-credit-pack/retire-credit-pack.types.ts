import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';
import { CreditPackType } from '../allowances.types.js';

@InputType()
export class RetireCreditPackInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) packId!: string;
}

@ObjectType({ description: 'Nobody can buy it any more; what was bought stays valid.' })
export class CreditPackRetired {
  readonly kind = 'CreditPackRetired';
  @Field(() => CreditPackType) pack: CreditPackType;

  constructor(pack: CreditPackType) {
    this.pack = pack;
  }
}

export type RetireCreditPackOutcome = CreditPackRetired | NotFound;
export const RetireCreditPackResult = resultUnion('RetireCreditPackResult', () => [
  CreditPackRetired,
  NotFound,
]);
