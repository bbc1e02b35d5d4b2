import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { MinorUnits, NotFound, Refusal, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { CreditsType } from '../allowances.types.js';

@InputType()
export class BuyCreditsInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) packId!: string;
  @Field(() => MinorUnits, { nullable: true, description: 'Refuse when the price is above this.' })
  maxPriceMinor?: bigint | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType({ description: 'The price stands on the account of the member.' })
export class CreditsBought {
  readonly kind = 'CreditsBought';
  @Field(() => CreditsType) credits: CreditsType;

  constructor(credits: CreditsType) {
    this.credits = credits;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class PackRetired implements Refusal {
  readonly kind = 'PackRetired';
  @Field(() => String) message = 'This pack is off sale. Look for another among the packs of the co-op.';
}

@ObjectType({ implements: () => [Refusal] })
export class PackAboveMax implements Refusal {
  readonly kind = 'PackAboveMax';
  @Field(() => String) message: string;
  @Field(() => MinorUnits) packPriceMinor: bigint;

  constructor(packPriceMinor: bigint) {
    this.packPriceMinor = packPriceMinor;
    this.message = `The pack costs ${packPriceMinor.toString()} minor units, above your limit. Nothing was bought; raise the limit or leave it out.`;
  }
}

export type BuyCreditsOutcome = CreditsBought | PackRetired | PackAboveMax | NotFound | RequestIdReused;

const OUTCOMES = {
  CreditsBought,
  PackRetired,
  PackAboveMax,
  NotFound,
  RequestIdReused,
} satisfies Record<BuyCreditsOutcome['kind'], unknown>;

export const BuyCreditsResult = resultUnion('BuyCreditsResult', () => Object.values(OUTCOMES));
