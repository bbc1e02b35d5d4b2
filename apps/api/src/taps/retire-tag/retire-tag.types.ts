import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { InputRefused, NotFound, RequestIdReused, resultUnion } from '../../platform/graphql/index.js';
import { NfcTagType } from '../register-tag/register-tag.types.js';

@InputType()
export class RetireTagInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) tagId!: string;
  @Field(() => String, { description: 'Why, 1 to 500 characters.' }) words!: string;
  @Field(() => ID, { description: 'A UUID that names this request; the same one again changes nothing.' })
  requestId!: string;
}

@ObjectType()
export class TagRetired {
  readonly kind = 'TagRetired';
  @Field(() => NfcTagType) tag: NfcTagType;

  constructor(tag: NfcTagType) {
    this.tag = tag;
  }
}

export type RetireTagOutcome = TagRetired | NotFound | InputRefused | RequestIdReused;

export const RetireTagResult = resultUnion('RetireTagResult', () => [
  TagRetired,
  NotFound,
  InputRefused,
  RequestIdReused,
]);
