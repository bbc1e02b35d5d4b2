import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class RevokeApiKeyInput {
  @Field(() => ID) brandId!: string;
  @Field(() => ID) keyId!: string;
}

@ObjectType({ description: 'The key is refused from now on.' })
export class ApiKeyRevoked {
  readonly kind = 'ApiKeyRevoked';
  @Field(() => ID) keyId: string;

  constructor(keyId: string) {
    this.keyId = keyId;
  }
}

export const RevokeApiKeyResult = resultUnion('RevokeApiKeyResult', () => [ApiKeyRevoked, NotFound]);
