import { Field, ID, ObjectType } from '@nestjs/graphql';
import { BookingType } from '../../booking/index.js';

/** One booking of the day, with what is to be done in it. */
@ObjectType('OperatorTask')
export class OperatorTaskType {
  @Field(() => BookingType) booking!: BookingType;
  @Field(() => String, { description: 'The work and the operation, or "Member booking".' }) title!: string;
  @Field(() => ID, { nullable: true }) runId!: string | null;
}
