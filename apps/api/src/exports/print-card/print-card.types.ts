import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Instant, NotFound, connectionType, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class PrintCardInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) certificateId!: string;
}

/** One print of a card; the name of whoever printed is resolved apart. */
@ObjectType('CardPrint')
export class CardPrintType {
  coopId!: string;
  printedBy!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) certificateId!: string;
  @Field(() => Instant) printedAt!: Date;
}

export const CardPrintConnection = connectionType(CardPrintType, 'CardPrint');

@ObjectType()
export class CardPrinted {
  readonly kind = 'CardPrinted';
  @Field(() => CardPrintType) print: CardPrintType;
  @Field(() => String) fileName: string;
  @Field(() => String, {
    description: 'The PDF in base64. It holds the key of the piece: print it, and keep no copy.',
  })
  pdf: string;

  constructor(print: CardPrintType, fileName: string, pdf: string) {
    this.print = print;
    this.fileName = fileName;
    this.pdf = pdf;
  }
}

export type PrintCardOutcome = CardPrinted | NotFound;

export const PrintCardResult = resultUnion('PrintCardResult', () => [CardPrinted, NotFound]);
