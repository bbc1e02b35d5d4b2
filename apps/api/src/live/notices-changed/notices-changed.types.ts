import { Field, Int, ObjectType } from '@nestjs/graphql';
import { NoticeType } from '../../notices/index.js';

@ObjectType()
export class NoticesChange {
  @Field(() => Int, { description: 'How many are unread in all; 999 stands for that many and more.' })
  unread!: number;
  @Field(() => NoticeType, { nullable: true, description: 'The newest that is unread.' })
  newest!: NoticeType | null;
}
