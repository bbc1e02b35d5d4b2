import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, Refusal } from '../../platform/graphql/index.js';
import { Sequenced } from '../booking.types.js';

/** The kind of cell is only for who has been shown how to work on it. */
@ObjectType({ implements: () => [Refusal] })
export class InductionNeeded extends Sequenced implements Refusal {
  readonly kind = 'InductionNeeded';
  @Field(() => String) message: string;
  @Field(() => String) cellKind: string;
  @Field(() => String) howToGet: string;

  constructor(cellKind: string, howToGet: string) {
    super();
    this.cellKind = cellKind;
    this.howToGet = howToGet;
    this.message = `You need an induction for ${cellKind} that is valid for the whole window. ${howToGet}`;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class QuotaExceeded extends Sequenced implements Refusal {
  readonly kind = 'QuotaExceeded';
  @Field(() => String) message: string;
  @Field(() => Int) limitMinutes: number;
  @Field(() => Int) usedMinutes: number;
  @Field(() => Instant) periodEndsAt: Date;

  constructor(limitMinutes: number, usedMinutes: number, periodEndsAt: Date, message: string) {
    super();
    this.limitMinutes = limitMinutes;
    this.usedMinutes = usedMinutes;
    this.periodEndsAt = periodEndsAt;
    this.message = message;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class PriceAboveMax extends Sequenced implements Refusal {
  readonly kind = 'PriceAboveMax';
  @Field(() => String) message: string;
  @Field(() => MinorUnits) priceMinor: bigint;

  constructor(priceMinor: bigint, maxPriceMinor: bigint) {
    super();
    this.priceMinor = priceMinor;
    this.message = `The price is ${String(priceMinor)} minor units, above your limit of ${String(maxPriceMinor)}. Raise it or book less.`;
  }
}
