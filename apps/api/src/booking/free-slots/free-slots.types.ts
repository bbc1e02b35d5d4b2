import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Instant } from '../../platform/graphql/index.js';
import { CellType } from '../../workshops/index.js';

@ObjectType()
export class FreeWindow {
  @Field(() => Instant) fromAt!: Date;
  @Field(() => Instant, { description: 'Excluded.' }) toAt!: Date;
  @Field(() => Int, { description: 'How many stations are free all through it.' }) freeStations!: number;
}

@ObjectType()
export class CellFreeSlots {
  @Field(() => CellType) cell!: CellType;
  @Field(() => [FreeWindow], { description: 'From now on, split where the number of free stations changes.' })
  windows!: FreeWindow[];
}
