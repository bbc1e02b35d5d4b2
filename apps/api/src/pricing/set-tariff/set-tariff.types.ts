import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { TariffRefusal } from '@touchmark/pricing';
import { InputRefused, Instant, NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';
import { TariffType, TariffVersion } from '../tariff.types.js';

@InputType()
export class SetTariffInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { nullable: true, description: 'For this cell alone; left out, for the whole co-op.' })
  cellId?: string | null;
  @Field(() => TariffType, {
    nullable: true,
    description: "Null takes it away: a cell then follows the co-op's, a co-op its base rates.",
  })
  tariff?: TariffType | null;
  @Field(() => Instant, { nullable: true, description: 'To announce it; left out, it counts from now on.' })
  validFrom?: Date | null;
}

@ObjectType()
export class TariffSet {
  readonly kind = 'TariffSet';
  @Field(() => TariffVersion) version: TariffVersion;

  constructor(version: TariffVersion) {
    this.version = version;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class FloorAboveCeiling implements Refusal {
  readonly kind = 'FloorAboveCeiling';
  @Field(() => String) message: string;
  @Field(() => Int) floorPercent: number;
  @Field(() => Int) ceilingPercent: number;

  constructor(refusal: Extract<TariffRefusal, { kind: 'FloorAboveCeiling' }>) {
    this.message = refusal.message;
    this.floorPercent = refusal.floorPercent;
    this.ceilingPercent = refusal.ceilingPercent;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class BandsOverlap implements Refusal {
  readonly kind = 'BandsOverlap';
  @Field(() => String) message: string;
  @Field(() => Int, { description: 'Of the bands, from 1.' }) row: number;

  constructor(refusal: Extract<TariffRefusal, { kind: 'BandsOverlap' }>) {
    this.message = refusal.message;
    this.row = refusal.row;
  }
}

export const SetTariffResult = resultUnion('SetTariffResult', () => [
  TariffSet,
  FloorAboveCeiling,
  BandsOverlap,
  InputRefused,
  NotFound,
]);
export type TariffRefused = FloorAboveCeiling | BandsOverlap | InputRefused;
export type SetTariffOutcome = TariffSet | TariffRefused | NotFound;
