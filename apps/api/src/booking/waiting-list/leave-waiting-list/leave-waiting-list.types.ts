import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, Refusal, RequestIdReused, resultUnion } from '../../../platform/graphql/index.js';
import { Sequenced } from '../../booking.types.js';
import { WaitingEntryType, WaitingState } from '../waiting-list.types.js';

@InputType()
export class LeaveWaitingListInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) entryId!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class WaitingListLeft extends Sequenced {
  readonly kind = 'WaitingListLeft';
  @Field(() => WaitingEntryType) entry: WaitingEntryType;

  constructor(entry: WaitingEntryType) {
    super();
    this.entry = entry;
  }
}

/** Only who still waits can leave. */
@ObjectType({ implements: () => [Refusal] })
export class NotWaiting extends Sequenced implements Refusal {
  readonly kind = 'NotWaiting';
  @Field(() => String) message: string;
  @Field(() => WaitingState) state: WaitingState;

  constructor(state: WaitingState) {
    super();
    this.state = state;
    this.message =
      state === 'offered'
        ? 'You have been offered a hold. Confirm it, or release it for the next in line.'
        : `You do not wait here any more: the entry is ${state}.`;
  }
}

export type LeaveWaitingListOutcome = WaitingListLeft | NotWaiting | NotFound | RequestIdReused;

const OUTCOMES = {
  WaitingListLeft,
  NotWaiting,
  NotFound,
  RequestIdReused,
} satisfies Record<LeaveWaitingListOutcome['kind'], unknown>;

export const LeaveWaitingListResult = resultUnion('LeaveWaitingListResult', () => Object.values(OUTCOMES));
