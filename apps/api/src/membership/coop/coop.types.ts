import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType } from '../../platform/graphql/index.js';

/** A co-op as anybody may see it. */
@ObjectType('Coop')
export class CoopType {
  @Field(() => ID) id!: string;
  @Field(() => String) slug!: string;
  @Field(() => String) name!: string;
  @Field(() => String, { description: 'ISO 4217.' }) currency!: string;
  @Field(() => String, { description: 'The domain that vouches for its certificates.' }) domain!: string;
  @Field(() => Int, { description: 'How many holds a member may have at a time.' }) holdLimit!: number;
}

export const CoopConnection = connectionType(CoopType, 'Coop');
