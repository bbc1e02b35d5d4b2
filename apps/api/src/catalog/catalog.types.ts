import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MinorUnits, connectionType } from '../platform/graphql/index.js';

/** One step of a recipe. */
@ObjectType('RecipeOperation')
export class RecipeOperationType {
  @Field(() => Int) position!: number;
  @Field(() => String) cellKind!: string;
  @Field(() => String) name!: string;
  @Field(() => Int) setupMinutes!: number;
  @Field(() => Int) minutesPerUnit!: number;
}

/** A design with its SKU and recipe. */
@ObjectType('Work')
export class WorkType {
  coopId!: string;
  createdAt!: Date;
  @Field(() => ID) id!: string;
  @Field(() => String) sku!: string;
  @Field(() => String) title!: string;
  @Field(() => String) description!: string;
  @Field(() => String) materials!: string;
}

/** A run of a work with a fixed size. */
@ObjectType('Edition')
export class EditionType {
  coopId!: string;
  workId!: string;
  agreementVersionId!: string;
  nextSerial!: number;
  @Field(() => ID) id!: string;
  @Field(() => Int) size!: number;
  @Field(() => MinorUnits) unitPriceMinor!: bigint;
  @Field(() => String) currency!: string;
  @Field(() => String, { description: 'The GTIN of each piece, as 14 digits.' }) gtin!: string;
}

export const WorkConnection = connectionType(WorkType, 'Work');
