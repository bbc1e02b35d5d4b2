import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { TapState } from '@touchmark/taps';
import { Instant } from '../platform/graphql/index.js';

export const TapStateEnum = {
  UNSHOWN: 'UNSHOWN',
  FRESH: 'FRESH',
  USED: 'USED',
  STALE: 'STALE',
  UNKNOWN_TAG: 'UNKNOWN_TAG',
  BAD_CODE: 'BAD_CODE',
} as const satisfies Record<TapState, TapState>;
registerEnumType(TapStateEnum, {
  name: 'TapState',
  description:
    'What a tap is worth. UNSHOWN: a good code that was not presented yet. FRESH: this session presented it first, a ' +
    'moment ago. USED: another session had. STALE: the tag was tapped again since, or long ago. UNKNOWN_TAG: not the tag ' +
    'of this piece. BAD_CODE: no tag of the co-op made it.',
});

/** The code in the link that a tag writes, and who looks at it. */
@InputType()
export class TapInput {
  @Field(() => String, { description: 'The encrypted PICC data: 32 hex digits.' }) picc!: string;
  @Field(() => String, { description: 'The MAC: 16 hex digits.' }) mac!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The session that presentTap was given, so that its own tap is still FRESH to it.',
  })
  session?: string | null;
}

/** What the tap of a tag is worth: evidence that the tag is here, never of whose the piece is. */
@ObjectType('Tap')
export class TapType {
  @Field(() => TapStateEnum) state!: TapState;
  @Field(() => String) words!: string;
  @Field(() => Instant, {
    nullable: true,
    description: 'When this code, or a newer one of the tag, was first presented.',
  })
  shownAt!: Date | null;
}
