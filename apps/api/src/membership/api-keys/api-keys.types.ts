import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Scope } from '../../platform/auth/index.js';
import { Instant } from '../../platform/graphql/index.js';
import { ScopeEnum } from '../roles.types.js';

/** An API key as its owner may see it: never the key itself. */
@ObjectType('ApiKey')
export class ApiKeyType {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => [ScopeEnum]) scopes!: Scope[];
  @Field(() => Instant) createdAt!: Date;
  @Field(() => Instant, { nullable: true }) revokedAt!: Date | null;
}
