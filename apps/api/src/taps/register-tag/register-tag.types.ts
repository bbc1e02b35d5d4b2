import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  Instant,
  NotFound,
  Refusal,
  RequestIdReused,
  connectionType,
  resultUnion,
} from '../../platform/graphql/index.js';

/** An NFC tag inside a piece. Its keys are told to nobody. */
@ObjectType('NfcTag')
export class NfcTagType {
  coopId!: string;
  editionId!: string;
  @Field(() => ID) id!: string;
  @Field(() => Int) serial!: number;
  @Field(() => String, { description: '14 hex digits.' }) uid!: string;
  @Field(() => Int, { description: 'The version of the keys that were written on it.' }) keyVersion!: number;
  @Field(() => Int, { description: 'The highest counter that was presented; 0 for none.' })
  lastCounter!: number;
  @Field(() => Instant) registeredAt!: Date;
  @Field(() => Instant, { nullable: true }) retiredAt!: Date | null;
  @Field(() => String, { nullable: true }) retiredWhy!: string | null;
}

export const NfcTagConnection = connectionType(NfcTagType, 'NfcTag');

@InputType()
export class RegisterTagInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String, { description: 'The number of the piece that the tag is in: 13 or 14 digits.' })
  gtin!: string;
  @Field(() => Int) serial!: number;
  @Field(() => String, { description: 'The uid of the tag: 7 bytes of hex; colons are left out.' })
  uid!: string;
  @Field(() => Int, { defaultValue: 1, description: 'The version of the keys that were written on it.' })
  keyVersion!: number;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class TagRegistered {
  readonly kind = 'TagRegistered';
  @Field(() => NfcTagType) tag: NfcTagType;

  constructor(tag: NfcTagType) {
    this.tag = tag;
  }
}

/** The tag is in another piece, or the piece has another tag. */
@ObjectType({ implements: () => [Refusal] })
export class TagTaken implements Refusal {
  readonly kind = 'TagTaken';
  @Field(() => String) message =
    'This tag is registered for another piece, or this piece has another tag. Retire the one that is no longer there first.';
}

export type RegisterTagOutcome = TagRegistered | NotFound | TagTaken | InputRefused | RequestIdReused;

export const RegisterTagResult = resultUnion('RegisterTagResult', () => [
  TagRegistered,
  NotFound,
  TagTaken,
  InputRefused,
  RequestIdReused,
]);
