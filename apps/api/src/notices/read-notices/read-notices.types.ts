import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class ReadNoticesInput {
  @Field(() => [ID], { nullable: true, description: 'At most 100; all of them when left out.' })
  noticeIds?: string[] | null;
}

@ObjectType()
export class NoticesRead {
  readonly kind = 'NoticesRead';
  @Field(() => Int, { description: 'How many were unread until now.' }) count: number;

  constructor(count: number) {
    this.count = count;
  }
}

export const ReadNoticesResult = resultUnion('ReadNoticesResult', () => [NoticesRead, InputRefused]);
