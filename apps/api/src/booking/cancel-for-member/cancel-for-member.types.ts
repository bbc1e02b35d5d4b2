import { Field, InputType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { ClaimInput } from '../booking.types.js';
import {
  BookingCancelled,
  CANCEL_REFUSALS,
  type CancelBookingOutcome,
} from '../cancel-booking/cancel-booking.types.js';

@InputType()
export class CancelForMemberInput extends ClaimInput {
  @Field(() => String, { description: 'Told to the member whose booking it is.' }) reason!: string;
}

export type CancelForMemberOutcome = CancelBookingOutcome | InputRefused;

const OUTCOMES = {
  BookingCancelled,
  ...CANCEL_REFUSALS,
  InputRefused,
} satisfies Record<CancelForMemberOutcome['kind'], unknown>;

export const CancelForMemberResult = resultUnion('CancelForMemberResult', () => Object.values(OUTCOMES));
