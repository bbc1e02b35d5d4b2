import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ScanPattern } from '@touchmark/taps';
import { Instant, connectionType } from '../../platform/graphql/index.js';

export const ScanPatternEnum = {
  PLACES_AT_ONCE: 'PLACES_AT_ONCE',
  MANY_NETWORKS: 'MANY_NETWORKS',
  CODE_SHOWN_AGAIN: 'CODE_SHOWN_AGAIN',
  WRONG_CODES: 'WRONG_CODES',
} as const satisfies Record<ScanPattern, ScanPattern>;
registerEnumType(ScanPatternEnum, {
  name: 'ScanPattern',
  description:
    'PLACES_AT_ONCE: opened in two countries within an hour. MANY_NETWORKS: from unusually many networks in a day. ' +
    'CODE_SHOWN_AGAIN: codes of its tag were presented by several people. WRONG_CODES: codes that no tag made.',
});

/** An odd pattern of one piece on one day; its edition is resolved apart. */
@ObjectType('ScanAnomaly')
export class ScanAnomalyType {
  coopId!: string;
  editionId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) serial!: number;
  @Field(() => ScanPatternEnum) pattern!: ScanPattern;
  @Field(() => Int, { description: 'How often it was seen that day.' }) times!: number;
  @Field(() => Int, { description: 'The networks of that day; 0 where they do not matter.' })
  networks!: number;
  @Field(() => [String], { description: 'Countries by two letters.' }) regions!: string[];
  @Field(() => Instant) firstAt!: Date;
  @Field(() => Instant) lastAt!: Date;
}

export const ScanAnomalyConnection = connectionType(ScanAnomalyType, 'ScanAnomaly');
