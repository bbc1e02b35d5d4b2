import { Field, ObjectType } from '@nestjs/graphql';
import { Refusal } from '../platform/graphql/index.js';

/** The change would leave the co-op without an admin. */
@ObjectType({ implements: () => [Refusal] })
export class LastAdmin implements Refusal {
  readonly kind = 'LastAdmin';
  @Field(() => String) message =
    'This is the last admin of the co-op. Nothing was changed; make somebody else an admin first.';
}
