import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';
import { ChangeoverInput, ChangeoversType } from '../../workshops/index.js';
import { Sequenced } from '../booking.types.js';

@InputType()
export class SetChangeoversInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) cellId!: string;
  @Field(() => [String], {
    description:
      'All that its stations can be set up for, at most 50; lower case letters, digits and dashes. None: no changeovers.',
  })
  families!: string[];
  @Field(() => String, {
    nullable: true,
    description: 'The family of whoever names none; needed as soon as there are families.',
  })
  defaultFamily?: string | null;
  @Field(() => [ChangeoverInput], {
    description:
      'What is not written follows: the longer of from → * and * → to, else * → *, else nothing; a family to itself takes nothing.',
  })
  rows!: ChangeoverInput[];
}

/** Two neighbours that stand closer than the new matrix asks for; neither window moves. Their bookings are resolved apart. */
@ObjectType()
export class Misfit {
  coopId!: string;
  @Field(() => ID) stationId!: string;
  @Field(() => ID, { nullable: true, description: 'Null when the first of them has begun before.' })
  beforeBookingId!: string | null;
  @Field(() => ID) afterBookingId!: string;
  @Field(() => Int, { description: 'Minutes of open time that the changeover between them takes.' })
  neededMinutes!: number;
  @Field(() => Int, { description: 'Minutes of open time that are between them.' })
  haveMinutes!: number;
}

@ObjectType()
export class ChangeoversSet extends Sequenced {
  readonly kind = 'ChangeoversSet';
  @Field(() => ChangeoversType) changeovers: ChangeoversType;
  @Field(() => [Misfit], { description: 'The pairs that no longer fit, by station and time.' })
  misfits: Misfit[];

  constructor(changeovers: ChangeoversType, misfits: Misfit[], sequence: string | null) {
    super();
    this.changeovers = changeovers;
    this.misfits = misfits;
    this.sequence = sequence;
  }
}

/** Holds or bookings that are not over need a family that would go. */
@ObjectType({ implements: () => [Refusal] })
export class FamiliesInUse extends Sequenced implements Refusal {
  readonly kind = 'FamiliesInUse';
  @Field(() => String) message: string;
  @Field(() => [String]) families: string[];

  constructor(families: string[], sequence: string | null) {
    super();
    this.families = families;
    this.sequence = sequence;
    this.message = `Coming holds or bookings use ${families.join(', ')}. Keep ${families.length === 1 ? 'it' : 'them'} until those are over.`;
  }
}

export const SetChangeoversResult = resultUnion('SetChangeoversResult', () => [
  ChangeoversSet,
  FamiliesInUse,
  NotFound,
  InputRefused,
]);
export type SetChangeoversOutcome = ChangeoversSet | FamiliesInUse | NotFound | InputRefused;
