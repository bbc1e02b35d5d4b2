import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { NotFound, Refusal, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class RecordScanInput {
  @Field(() => String, { description: '13 or 14 digits.' }) gtin!: string;
  @Field(() => Int) serial!: number;
}

@ObjectType()
export class ScanRecorded {
  readonly kind = 'ScanRecorded';
  @Field(() => String, {
    nullable: true,
    description: 'What is odd about how this piece was opened, in general words; null when nothing is.',
  })
  scanNotice: string | null;

  constructor(scanNotice: string | null) {
    this.scanNotice = scanNotice;
  }
}

@ObjectType({ implements: () => [Refusal] })
export class TooManyScans implements Refusal {
  readonly kind = 'TooManyScans';
  @Field(() => String) message =
    'Too many pages of pieces were opened within a minute. This one is shown all the same, and was not counted.';
}

export type RecordScanOutcome = ScanRecorded | NotFound | TooManyScans;

export const RecordScanResult = resultUnion('RecordScanResult', () => [ScanRecorded, NotFound, TooManyScans]);
