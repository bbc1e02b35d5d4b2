import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InputRefused, resultUnion } from '../../platform/graphql/index.js';

/** What the API and every page that asks for a name says of it. */
export const PERMANENT =
  'Printed names are permanent: what was issued with a name stays printed and may be kept by anybody. ' +
  'You may have your credit erased from the records that we serve; copies elsewhere keep it.';

@InputType()
export class SetCreditInput {
  @Field(() => ID) coopId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The name to be printed from the next piece on; null goes back to the pseudonym.',
  })
  printedName?: string | null;
  @Field(() => Boolean, {
    description:
      'True says: I know that a printed name is permanent, since what was issued with it stays printed. Needed for a name.',
  })
  understood!: boolean;
}

/** How a member is printed on the certificates of a co-op. */
@ObjectType({ description: 'How somebody is credited on the certificates of one co-op.' })
export class MakerCredit {
  @Field(() => ID) accountId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Chosen by the person; null prints the pseudonym.',
  })
  printedName!: string | null;
  @Field(() => String, {
    description:
      'What is printed without a chosen name; drawn at random, the same on all pieces of the co-op.',
  })
  pseudonym!: string;
  @Field(() => String, { description: 'What the next piece will say.' }) prints!: string;
  @Field(() => Int, { description: 'How many certificates show this person, by name or pseudonym.' })
  certificates!: number;
  @Field(() => String, { description: 'What to know before a name is printed.' }) permanence!: string;
}

@ObjectType({ description: 'Counts from the next piece on; what was issued stays as it is.' })
export class CreditSet {
  readonly kind = 'CreditSet';
  @Field(() => MakerCredit) credit: MakerCredit;

  constructor(credit: MakerCredit) {
    this.credit = credit;
  }
}

export type SetCreditOutcome = CreditSet | InputRefused;
export const SetCreditResult = resultUnion('SetCreditResult', () => [CreditSet, InputRefused]);
