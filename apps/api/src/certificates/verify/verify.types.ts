import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AxisState, VerdictWord } from '@touchmark/certificates';
import { Instant } from '../../platform/graphql/index.js';
import { TapInput, TapType } from '../../taps/index.js';

export const VerdictWordEnum = {
  GENUINE: 'GENUINE',
  PROVISIONAL: 'PROVISIONAL',
  WITHDRAWN: 'WITHDRAWN',
  SUPERSEDED: 'SUPERSEDED',
  NOT_GENUINE: 'NOT_GENUINE',
  UNDETERMINED: 'UNDETERMINED',
} as const satisfies Record<VerdictWord, VerdictWord>;
registerEnumType(VerdictWordEnum, {
  name: 'VerdictWord',
  description:
    'GENUINE needs an anchored batch of a known issuer at a final block; a signature alone never gives it.',
});

/** What is to be checked: give exactly one of gtin with serial, certificateId, tokenId, or bundle. */
@InputType()
export class VerifyInput {
  @Field(() => String, { nullable: true, description: '13 or 14 digits, with serial.' }) gtin?: string | null;
  @Field(() => Int, { nullable: true }) serial?: number | null;
  @Field(() => ID, { nullable: true }) certificateId?: string | null;
  @Field(() => String, { nullable: true, description: 'uint256 in decimal digits, or 0x and hex.' })
  tokenId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The text of a touchmark.certificate/1 file, unchanged.',
  })
  bundle?: string | null;
  @Field(() => TapInput, {
    nullable: true,
    description:
      'The code that a tag in the piece wrote into the link; asking does not spend it, presentTap does.',
  })
  tap?: TapInput | null;
}

/** What was found on one axis. */
@ObjectType('VerdictAxis')
export class VerdictAxisType {
  @Field(() => String) axis!: string;
  @Field(() => String, { description: 'VALID, INVALID, NOT_CHECKED or UNDETERMINED.' }) finding!: AxisState;
  @Field(() => Int, { description: 'Frozen: a number is never given another meaning.' }) reasonCode!: number;
  @Field(() => String) reasonName!: string;
  @Field(() => String, { description: 'The reason in words.' }) reason!: string;
  @Field(() => String, { description: 'What it was read from.' }) source!: string;
}

/** The block at which the chain was read. */
@ObjectType('VerdictAsOf')
export class VerdictAsOfType {
  @Field(() => String) blockNumber!: string;
  @Field(() => String) blockHash!: string;
  @Field(() => Instant) blockTime!: Date;
  @Field(() => String, { description: 'final or latest.' }) finality!: string;
}

/** One moment in the making of the piece, as its certificate says. */
@ObjectType('HistoryEvent')
export class HistoryEventType {
  @Field(() => Instant) at!: Date;
  @Field(() => String) text!: string;
}

/** Somebody who made the piece, by the name that they chose to print or by a pseudonym. */
@ObjectType('PieceMaker')
export class PieceMakerType {
  @Field(() => String) name!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Share of credit in basis points; null where none is printed.',
  })
  share!: number | null;
}

/** A photo that the certificate names by its digest. */
@ObjectType('PiecePhoto')
export class PiecePhotoType {
  @Field(() => String, { description: 'SHA-256 of the file, which is served at /photos/<sha256>.' })
  sha256!: string;
  @Field(() => String) type!: string;
  @Field(() => Instant, {
    nullable: true,
    description: 'Since when it is not served any more: the co-op took it down, and its digest stays signed.',
  })
  takenDownAt!: Date | null;
}

/** One step in the making of the piece, as its certificate says. */
@ObjectType('PieceStep')
export class PieceStepType {
  @Field(() => Instant) at!: Date;
  @Field(() => Instant, { nullable: true }) until!: Date | null;
  @Field(() => String, { description: 'operation, quality, photo or note.' }) kind!: string;
  @Field(() => String) text!: string;
  @Field(() => String, { nullable: true }) station!: string | null;
  @Field(() => String, { nullable: true, description: 'What quality found.' }) result!: string | null;
  @Field(() => PiecePhotoType, { nullable: true }) photo!: PiecePhotoType | null;
}

/** How the piece was made, as its certificate says; what was withheld is only counted. */
@ObjectType('PieceStory')
export class PieceStoryType {
  @Field(() => [PieceMakerType]) makers!: readonly PieceMakerType[];
  @Field(() => Int) makersWithheld!: number;
  @Field(() => [PieceStepType], { description: 'In the order in which they were signed.' })
  steps!: readonly PieceStepType[];
  @Field(() => Int) stepsWithheld!: number;
  @Field(() => String, { nullable: true }) materials!: string | null;
}

/** The piece that the certificate is about. */
@ObjectType('VerdictPiece')
export class VerdictPieceType {
  @Field(() => String) title!: string;
  @Field(() => Int) serial!: number;
  @Field(() => Int, { description: 'The most that may ever exist.' }) size!: number;
  @Field(() => Int, { description: 'How many have passed so far.' }) made!: number;
  @Field(() => Int, { nullable: true, description: 'How many there are: the edition is closed on chain.' })
  finalSize!: number | null;
  @Field(() => ID) coopId!: string;
  @Field(() => String) coopName!: string;
  @Field(() => String) coopSlug!: string;
  @Field(() => String) gtin!: string;
  @Field(() => [HistoryEventType]) history!: HistoryEventType[];
  @Field(() => PieceStoryType) story!: PieceStoryType;
  @Field(() => String) documentRoot!: string;
  @Field(() => String) digest!: string;
  @Field(() => String) leaf!: string;
  @Field(() => String) signer!: string;
  @Field(() => String, { nullable: true }) batchRoot!: string | null;
  @Field(() => Int) chainId!: number;
  @Field(() => String) contract!: string;
  @Field(() => String) issuer!: string;
  @Field(() => String) tokenId!: string;
  @Field(() => String, { nullable: true, description: 'Shortened; null while nobody has claimed the token.' })
  holder!: string | null;
}

/** The answer of a check. */
@ObjectType('Verdict')
export class VerdictType {
  place!: { readonly coopId: string; readonly editionId: string; readonly serial: number } | null;
  @Field(() => VerdictWordEnum) word!: VerdictWord;
  @Field(() => [VerdictAxisType]) axes!: VerdictAxisType[];
  @Field(() => [String]) proven!: string[];
  @Field(() => [String]) notProven!: string[];
  @Field(() => VerdictAsOfType, { nullable: true, description: 'Null when the chain was not read.' })
  asOf!: VerdictAsOfType | null;
  @Field(() => VerdictPieceType, {
    nullable: true,
    description: 'Null when it is none that was certified here.',
  })
  piece!: VerdictPieceType | null;
  @Field(() => ID, { nullable: true }) certificateId!: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'Nothing was looked up, since too many checks came from your network: ask again after so many seconds. Null else.',
  })
  retryAfterSeconds!: number | null;
  @Field(() => TapType, {
    nullable: true,
    description: 'What the tap was worth; null when none was given, or for no piece that was certified here.',
  })
  tap!: TapType | null;
}
