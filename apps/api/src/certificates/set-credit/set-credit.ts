import { Inject, Injectable } from '@nestjs/common';
import { Coops } from '../../membership/index.js';
import { Database, type Queryable, Transactions } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { CreditsRepository } from '../credit/credits.repository.js';
import { MakerCredits, pseudonym } from '../credit/maker-credits.js';
import { readPrintedName } from '../credit/printed-name.js';
import {
  CreditSet,
  type MakerCredit,
  PERMANENT,
  type SetCreditInput,
  type SetCreditOutcome,
} from './set-credit.types.js';

/** Shows members how they are printed, and lets each decide it for themselves, co-op by co-op. */
@Injectable()
export class SetCredit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Coops) private readonly coops: Coops,
    @Inject(MakerCredits) private readonly makers: MakerCredits,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
  ) {}

  async run(accountId: string, input: SetCreditInput): Promise<SetCreditOutcome> {
    const { coopId, printedName, understood } = input;
    const read = typeof printedName === 'string' ? readPrintedName(printedName) : null;
    if (read?.kind === 'Refused') return new InputRefused('printedName', read.words);
    if (read !== null && !understood)
      return new InputRefused('understood', `${PERMANENT} Say that you have understood this.`);
    await this.makers.numbered(coopId, [accountId]);
    return this.transactions.run(['CreditSet'], async (tx) => {
      await this.credits.lock(tx, coopId, accountId);
      await this.credits.print(tx, coopId, accountId, read?.name ?? null);
      return new CreditSet(await this.show(tx, coopId, accountId));
    });
  }

  /** How the person is printed now; the first look draws the pseudonym. */
  async of(coopId: string, accountId: string): Promise<MakerCredit> {
    await this.makers.numbered(coopId, [accountId]);
    return this.show(this.database, coopId, accountId);
  }

  private async show(q: Queryable, coopId: string, accountId: string): Promise<MakerCredit> {
    const [coop, [credit], certificates] = await Promise.all([
      this.coops.byId(coopId),
      this.credits.of(q, coopId, [accountId]),
      this.credits.shown(q, coopId, accountId),
    ]);
    if (coop === null || credit === undefined) throw new Error(`no credit of ${accountId} in ${coopId}`);
    const { number, printedName } = credit;
    const name = pseudonym(number, coop.name);
    const prints = printedName ?? name;
    return { accountId, printedName, pseudonym: name, prints, certificates, permanence: PERMANENT };
  }
}
