import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, MinorUnits, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { CreditPackType } from '../allowances.types.js';

@InputType()
export class CreateCreditPackInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true, description: 'Left out: any kind of cell.' })
  cellKind?: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => MinorUnits) priceMinor!: bigint;
  @Field(() => Int, { description: 'How many days after buying they expire, 1 to 1830.' }) validDays!: number;
}

@ObjectType()
export class CreditPackCreated {
  readonly kind = 'CreditPackCreated';
  @Field(() => CreditPackType) pack: CreditPackType;

  constructor(pack: CreditPackType) {
    this.pack = pack;
  }
}

export type CreateCreditPackOutcome = CreditPackCreated | NotFound | InputRefused;
export const CreateCreditPackResult = resultUnion('CreateCreditPackResult', () => [
  CreditPackCreated,
  NotFound,
  InputRefused,
]);
