import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  InputRefused,
  MinorUnits,
  NotFound,
  Refusal,
  RequestIdReused,
  resultUnion,
} from '../../platform/graphql/index.js';
import { EditionType } from '../catalog.types.js';

@InputType()
export class CreateEditionInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID) workId!: string;
  @Field(() => Int, { description: 'How many pieces at most: 1 to 1,000,000.' }) size!: number;
  @Field(() => MinorUnits) unitPriceMinor!: bigint;
  @Field(() => ID, { description: 'The active agreement that splits each sale.' })
  agreementVersionId!: string;
  @Field(() => ID) requestId!: string;
}

@ObjectType()
export class EditionCreated {
  readonly kind = 'EditionCreated';
  @Field(() => EditionType) edition: EditionType;

  constructor(edition: EditionType) {
    this.edition = edition;
  }
}

/** A party of the agreement has not approved it yet. */
@ObjectType({ implements: () => [Refusal] })
export class AgreementNotActive implements Refusal {
  readonly kind = 'AgreementNotActive';
  @Field(() => String) message =
    'Not every party has approved this agreement. Ask them to approve it, or attach one that is active.';
}

export type CreateEditionOutcome =
  EditionCreated | InputRefused | AgreementNotActive | NotFound | RequestIdReused;

export const CreateEditionResult = resultUnion('CreateEditionResult', () => [
  EditionCreated,
  InputRefused,
  AgreementNotActive,
  NotFound,
  RequestIdReused,
]);
