import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Scope } from '../../platform/auth/index.js';
import { InputRefused, NotFound, resultUnion } from '../../platform/graphql/index.js';
import { ScopeEnum } from '../roles.types.js';

@InputType()
export class CreateApiKeyInput {
  @Field(() => ID) brandId!: string;
  @Field(() => String, { description: 'Where the key will be used, to tell it from others.' }) name!: string;
  @Field(() => [ScopeEnum]) scopes!: Scope[];
}

@ObjectType()
export class ApiKeyCreated {
  readonly kind = 'ApiKeyCreated';
  @Field(() => ID) keyId: string;
  @Field(() => String, { description: 'Shown this once. Send it as "Authorization: Bearer ...".' })
  key: string;

  constructor(keyId: string, key: string) {
    this.keyId = keyId;
    this.key = key;
  }
}

export const CreateApiKeyResult = resultUnion('CreateApiKeyResult', () => [
  ApiKeyCreated,
  NotFound,
  InputRefused,
]);
