import { Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '../platform/graphql/index.js';

/** A link that was used, has expired, or never was one of ours; which of them is not told. */
@ObjectType({ implements: () => [Refusal] })
export class TokenRefused implements Refusal {
  readonly kind = 'TokenRefused';
  @Field(() => String) message = 'This link was used already or has expired. Ask for a new one.';
}
