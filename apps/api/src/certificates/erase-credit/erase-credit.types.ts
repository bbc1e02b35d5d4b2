import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { NotFound, resultUnion } from '../../platform/graphql/index.js';

@InputType()
export class EraseCreditInput {
  @Field(() => ID) coopId!: string;
  @Field(() => ID, { description: 'Oneself, or for an admin any member or former member of the co-op.' })
  accountId!: string;
}

@ObjectType({
  description:
    'From now on the person is printed by a new pseudonym. The certificates lose them within moments; all of them stay as ' +
    'valid as they were, since roots and signatures cover hashes.',
})
export class CreditErased {
  readonly kind = 'CreditErased';
  @Field(() => ID) accountId: string;
  @Field(() => Int, { description: 'How many certificates showed the person and lose name, salt and value.' })
  certificates: number;

  constructor(accountId: string, certificates: number) {
    this.accountId = accountId;
    this.certificates = certificates;
  }
}

export type EraseCreditOutcome = CreditErased | NotFound;
export const EraseCreditResult = resultUnion('EraseCreditResult', () => [CreditErased, NotFound]);
