import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Instant, connectionType } from '../../platform/graphql/index.js';

/** Something that the caller was told. */
@ObjectType('Notice')
export class NoticeType {
  coopId!: string;
  @Field(() => ID) id!: string;
  @Field(() => String, { description: 'The reason in lower case words, e.g. booking_moved.' }) kind!: string;
  @Field(() => String) title!: string;
  @Field(() => String) body!: string;
  @Field(() => String, { description: 'A page of this installation, from its slash on.' }) link!: string;
  @Field(() => Instant) createdAt!: Date;
  @Field(() => Instant, { nullable: true }) readAt!: Date | null;
}

export const NoticeConnection = connectionType(NoticeType, 'Notice');
