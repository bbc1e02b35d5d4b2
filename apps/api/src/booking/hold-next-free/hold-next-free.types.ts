import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Instant, MinorUnits, resultUnion } from '../../platform/graphql/index.js';
import { HOLD_REFUSALS, SlotHeld, type HoldSlotOutcome } from '../hold-slot/hold-slot.types.js';

@InputType()
export class HoldNextFreeInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => ID, { nullable: true, description: 'Left out, any station of the cell.' })
  stationId?: string | null;
  @Field(() => Int) minutes!: number;
  @Field(() => String, {
    nullable: true,
    description: 'What the station is to be set up for; left out, the default of the cell.',
  })
  family?: string | null;
  @Field(() => Instant, { nullable: true, description: 'Left out, from now on.' })
  notBefore?: Date | null;
  @Field(() => MinorUnits, { nullable: true, description: 'Pass over windows that cost more.' })
  maxPriceMinor?: bigint | null;
  @Field(() => Boolean, { nullable: true, description: 'Pay with prepaid minutes as far as they go.' })
  useCredits?: boolean | null;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

export type HoldNextFreeOutcome = HoldSlotOutcome;

export const HoldNextFreeResult = resultUnion('HoldNextFreeResult', () => [
  SlotHeld,
  ...Object.values(HOLD_REFUSALS),
]);
