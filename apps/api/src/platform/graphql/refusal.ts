import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';

/** What every refusal of a mutation carries: what happened, what was expected, what to do next. */
@InterfaceType({ resolveType: (value: { readonly kind: string }) => value.kind })
export abstract class Refusal {
  @Field(() => String)
  message!: string;
}

/** There is no such thing, or none that this caller may see. */
@ObjectType({ implements: () => [Refusal] })
export class NotFound implements Refusal {
  readonly kind = 'NotFound';
  @Field(() => String) message: string;
  /** The word for what was looked for, e.g. `hold`. */
  @Field(() => String) what: string;

  constructor(what: string) {
    this.what = what;
    this.message = `There is no such ${what} in this co-op. Check the id and the co-op.`;
  }
}

/** A `requestId` came back with another input. */
@ObjectType({ implements: () => [Refusal] })
export class RequestIdReused implements Refusal {
  readonly kind = 'RequestIdReused';
  @Field(() => String) message =
    'This requestId was used before with another input. Nothing was changed; send a new requestId for a new request.';
}

/** A value of the input is outside what is accepted. */
@ObjectType({ implements: () => [Refusal] })
export class InputRefused implements Refusal {
  readonly kind = 'InputRefused';
  @Field(() => String) message: string;
  /** The field of the input that was refused, e.g. `shares`. */
  @Field(() => String) field: string;

  constructor(field: string, message: string) {
    this.field = field;
    this.message = message;
  }
}
