import { Field, ObjectType } from '@nestjs/graphql';
import { BookingType } from '../../booking/index.js';
import { Instant } from '../../platform/graphql/index.js';

/** Time of a peer's order on a station of one's own co-op. */
@ObjectType()
export class ReclaimableWindow {
  @Field(() => BookingType) booking!: BookingType;
  @Field(() => String, { description: 'What was offered to peers.' }) offerTitle!: string;
  @Field(() => Instant, { description: 'From then on it stays with the order.' }) firmFrom!: Date;
  @Field(() => Boolean, { description: 'A home member may take it back now.' }) reclaimable!: boolean;
}
