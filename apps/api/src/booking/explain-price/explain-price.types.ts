import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MinorUnits, resultUnion } from '../../platform/graphql/index.js';
import { PriceLineType } from '../booking.types.js';
import { HOLD_REFUSALS } from '../hold-slot/hold-slot.types.js';
import type { HoldRefused } from '../hold-slot/take-hold.js';

/** What a window would cost if it were held now; nothing is held. */
@ObjectType()
export class PriceExplained {
  readonly kind = 'PriceExplained';
  @Field(() => ID) stationId!: string;
  @Field(() => String, { description: 'Why this station.' }) because!: string;
  @Field(() => Int, { description: 'Changeover before the window, in open minutes.' })
  changeoverMinutes!: number;
  @Field(() => [PriceLineType], { description: 'They sum to the total.' }) lines!: PriceLineType[];
  @Field(() => MinorUnits) totalMinor!: bigint;
  @Field(() => String) currency!: string;

  constructor(explained: Omit<PriceExplained, 'kind'>) {
    Object.assign(this, explained);
  }
}

export type ExplainPriceOutcome = PriceExplained | HoldRefused;

export const ExplainPriceResult = resultUnion('ExplainPriceResult', () => [
  PriceExplained,
  ...Object.values(HOLD_REFUSALS),
]);
