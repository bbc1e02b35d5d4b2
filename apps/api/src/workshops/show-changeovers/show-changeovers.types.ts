import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { changeoverMatrix } from '@touchmark/calendar';
import { MinorUnits } from '../../platform/graphql/index.js';
import type { CellSetup } from '../changeovers.repository.js';

@ObjectType('Changeover')
export class ChangeoverType {
  @Field(() => String, { description: 'A family; in a written row also * for any other.' }) from!: string;
  @Field(() => String) to!: string;
  @Field(() => Int, { description: 'Minutes of open time.' }) minutes!: number;
  @Field(() => MinorUnits) costMinor!: bigint;
}

@InputType()
export class ChangeoverInput {
  @Field(() => String, { description: 'A family of the cell, or * for any other.' }) from!: string;
  @Field(() => String, { description: 'A family of the cell, or * for any other.' }) to!: string;
  @Field(() => Int, { description: 'Minutes of open time, 0 to 1440.' }) minutes!: number;
  @Field(() => MinorUnits) costMinor!: bigint;
}

/** What the stations of a cell can be set up for, and what it takes to go from one to the next. */
@ObjectType('Changeovers')
export class ChangeoversType {
  @Field(() => ID) cellId!: string;
  @Field(() => [String], { description: 'None when the cell knows no changeovers.' }) families!: string[];
  @Field(() => String, { nullable: true, description: 'The family of whoever names none.' })
  defaultFamily!: string | null;
  @Field(() => [ChangeoverType], { description: 'As they were written.' }) rows!: ChangeoverType[];
  @Field(() => [ChangeoverType], {
    description: 'For every pair of families the cheapest chain, by minutes and then by cost.',
  })
  inForce!: ChangeoverType[];
}

/** A setup as the schema shows it, with the matrix that its rows put in force. */
export function changeoversOf({ cellId, families, defaultFamily, rows }: CellSetup): ChangeoversType {
  const matrix = changeoverMatrix(families, rows);
  const inForce = families.flatMap((from) =>
    families.map((to) => ({ from, to, ...matrix.between(from, to) })),
  );
  return { cellId, families: [...families], defaultFamily, rows: [...rows], inForce };
}
