import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Instant, MinorUnits, NotFound, InputRefused, resultUnion } from '../../platform/graphql/index.js';
import { BandsOverlap, FloorAboveCeiling, type TariffRefused } from '../../pricing/index.js';

/** What some bookings cost, and what they would have cost. */
@ObjectType({ isAbstract: true })
class SimulatedSums {
  @Field(() => Int) bookings!: number;
  @Field(() => Int, { description: 'Bookings that would have cost more.' }) dearerBookings!: number;
  @Field(() => MinorUnits, { description: 'The prices as they were frozen.' }) nowMinor!: bigint;
  @Field(() => MinorUnits, { description: 'The prices by the tariff that is tried.' }) thenMinor!: bigint;
  @Field(() => MinorUnits, { description: 'thenMinor - nowMinor.' }) deltaMinor!: bigint;
}

@ObjectType()
export class SimulatedWeek extends SimulatedSums {
  @Field(() => String, { description: 'The Monday, as 2026-11-16.' }) weekOf!: string;
  @Field(() => Int, { description: 'Of members, runs and orders, inside the stretch.' })
  bookedMinutes!: number;
  @Field(() => Int, { description: 'By the opening hours of today, inside the stretch.' })
  openMinutes!: number;
  @Field(() => Int, { description: 'Whole percent, rounded down.' }) utilisationPercent!: number;
}

@ObjectType()
export class SimulatedClass extends SimulatedSums {
  @Field(() => String) memberClass!: string;
  @Field(() => Int) members!: number;
  @Field(() => Int, { description: 'Members who would have paid more in all.' })
  membersPayingMore!: number;
}

@ObjectType()
export class SimulatedMember extends SimulatedSums {
  @Field(() => String) memberClass!: string;
  @Field(() => ID, { nullable: true, description: 'Null for who may not see whose bookings they are.' })
  accountId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Null for who may not see whose bookings they are.',
  })
  name!: string | null;
}

@ObjectType()
export class TariffSimulation extends SimulatedSums {
  readonly kind = 'TariffSimulation';
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant) toAt!: Date;
  @Field(() => String) currency!: string;
  @Field(() => [String], { description: 'What the numbers take for granted, for people.' })
  assumptions!: readonly string[];
  @Field(() => [SimulatedWeek], { description: 'Every week of the stretch, in order.' })
  weeks!: SimulatedWeek[];
  @Field(() => [SimulatedClass], { description: 'By class, by name.' }) classes!: SimulatedClass[];
  @Field(() => Int) memberCount!: number;
  @Field(() => [SimulatedMember], { description: 'The 100 whose bill would rise most, most first.' })
  members!: SimulatedMember[];
}

export const SimulateTariffResult = resultUnion('SimulateTariffResult', () => [
  TariffSimulation,
  FloorAboveCeiling,
  BandsOverlap,
  InputRefused,
  NotFound,
]);
export type SimulateTariffOutcome = TariffSimulation | TariffRefused | NotFound;
