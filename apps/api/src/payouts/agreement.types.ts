import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionType, Instant } from '../platform/graphql/index.js';

/** One party of an agreement: its share of what is left after the co-op's fee. */
@ObjectType('AgreementParty')
export class AgreementPartyType {
  @Field(() => ID) accountId!: string;
  @Field(() => String, { description: 'The share as a fraction in lowest terms, e.g. 7/10.' }) share!: string;
  @Field(() => String, { description: 'The whole weight the split is computed with.' }) weight!: string;
  @Field(() => Instant, { nullable: true }) approvedAt!: Date | null;
}

/** The terms of an agreement; they never change, a change is a new version. */
@ObjectType('AgreementVersion')
export class AgreementVersionType {
  @Field(() => ID) id!: string;
  @Field(() => Int) version!: number;
  @Field(() => String, { description: "The co-op's fee on every sale, e.g. 1/10." }) fee!: string;
  @Field(() => Boolean, { description: 'Every party has approved it.' }) active!: boolean;
  @Field(() => [AgreementPartyType]) parties!: AgreementPartyType[];
  @Field(() => Instant) proposedAt!: Date;
  @Field(() => Instant, { nullable: true }) activatedAt!: Date | null;
  /** Not in the schema: which co-op the field resolvers read from. */
  coopId!: string;
}

@ObjectType('Agreement')
export class AgreementType {
  @Field(() => ID) id!: string;
  @Field(() => String) name!: string;
  @Field(() => AgreementVersionType, { description: 'The newest version.' }) version!: AgreementVersionType;
}

export const AgreementConnection = connectionType(AgreementType, 'Agreement');
