import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Instant, Refusal, connectionType } from '../platform/graphql/index.js';

/** A kind of cell that only inducted members may book. */
@ObjectType('InductionRequirement')
export class InductionRequirementType {
  coopId!: string;
  @Field(() => String) cellKind!: string;
  @Field(() => String, { description: 'What a member does to be inducted, such as whom to ask and when.' })
  howToGet!: string;
}

/** What a member was shown about a kind of cell; whose it is and who gave it are resolved apart. */
@ObjectType('Induction')
export class InductionType {
  coopId!: string;
  givenBy!: string;
  @Field(() => ID) id!: string;
  @Field(() => ID) accountId!: string;
  @Field(() => String) cellKind!: string;
  @Field(() => Instant) validFrom!: Date;
  @Field(() => Instant, { nullable: true, description: 'Excluded; null when it counts for ever.' })
  validUntil!: Date | null;
  @Field(() => Instant) givenAt!: Date;
  @Field(() => Instant, { nullable: true }) revokedAt!: Date | null;
}

export const InductionConnection = connectionType(InductionType, 'Induction');

/** The member has one for that time already. */
@ObjectType({ implements: () => [Refusal] })
export class AlreadyInducted implements Refusal {
  readonly kind = 'AlreadyInducted';
  @Field(() => String) message: string;
  @Field(() => InductionType) induction: InductionType;

  constructor(induction: InductionType) {
    const until = induction.validUntil?.toISOString();
    const next =
      until === undefined
        ? 'It has no end, so none is needed; revoke it first to give another.'
        : `It ends at ${until}; give one that starts then, or revoke it first.`;
    this.induction = induction;
    this.message = `This member has an induction for ${induction.cellKind} for some of that time already. ${next}`;
  }
}
