import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction, Transactions, newId } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { CreditsRepository } from '../credit/credits.repository.js';
import { MakerCredits } from '../credit/maker-credits.js';
import { CreditErased, type EraseCreditInput, type EraseCreditOutcome } from './erase-credit.types.js';
import { type Erasure, ErasuresRepository } from './erasures.repository.js';
import { withholdMaker } from './withhold-maker.js';

const TASK = 'erase_credit';
const AT_A_TIME = 100;
const EVERY_MS = 30_000;

/** Takes somebody out of all certificates of a co-op: name, salt and value go, and every verdict stays what it was. */
@Injectable()
export class EraseCredit {
  private sweptMs = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(MakerCredits) private readonly makers: MakerCredits,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(ErasuresRepository) private readonly erasures: ErasuresRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.handle(TASK, ({ coopId, accountId }) =>
      this.erase({ coopId: String(coopId), accountId: String(accountId) }),
    );
    jobs.sweep({ name: 'erase_credits', run: () => this.sweep() });
  }

  async run(requestedBy: string, input: EraseCreditInput): Promise<EraseCreditOutcome> {
    const [coopId, accountId] = [input.coopId.toLowerCase(), input.accountId.toLowerCase()];
    const known = isUuid(coopId) && isUuid(accountId);
    if (!known || !(await this.credits.wasMember(this.database, coopId, accountId)))
      return new NotFound('member');
    await this.makers.numbered(coopId, [accountId]);
    return this.transactions.run(['CreditErased'], async (tx) => {
      // Whoever writes a certificate meanwhile waits for this, finds the name gone, and writes it again without.
      await this.credits.lock(tx, coopId, accountId);
      await this.makers.forget(tx, coopId, accountId);
      const requestedAt = await tx.now();
      await this.erasures.insert(tx, { coopId, id: newId(), accountId, requestedBy, requestedAt });
      await this.enqueue(tx, { coopId, accountId });
      return new CreditErased(accountId, await this.credits.shown(tx, coopId, accountId));
    });
  }

  private async enqueue(q: Parameters<Jobs['enqueue']>[0], { coopId, accountId }: Erasure): Promise<void> {
    await this.jobs.enqueue(q, TASK, { coopId, accountId }, { key: `${TASK}:${coopId}:${accountId}` });
  }

  /** Page by page, each in a transaction of its own; what a crash leaves is found again by what still shows the person. */
  private async erase(erasure: Erasure): Promise<void> {
    for (;;) {
      const shown = await this.erasures.next(this.database, erasure, AT_A_TIME);
      const editions = [...new Set(shown.map(({ editionId }) => editionId))];
      const certificates = [...new Set(shown.map(({ certificateId }) => certificateId))];
      await this.transactions.run(['Done'], async (tx) => {
        // Whoever writes certificates over holds the edition.
        await tx.lock('edition', erasure.coopId, editions);
        await this.erasePage(tx, erasure, certificates);
        if (shown.length === 0) await this.erasures.finish(tx, erasure);
        return { kind: 'Done' };
      });
      if (shown.length === 0) return;
    }
  }

  private async erasePage(tx: Transaction, erasure: Erasure, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const places = await this.erasures.places(tx, erasure, ids);
    for (const showing of await this.erasures.documents(tx, erasure.coopId, ids)) {
      const own = places.filter(({ certificateId }) => certificateId === showing.certificateId);
      const without = own.reduce((text, { place }) => withholdMaker(text, place), showing.document);
      if (without !== showing.document) this.erasures.write(tx, erasure.coopId, showing, without);
    }
    await this.erasures.erased(tx, erasure, ids);
  }

  private async sweep(): Promise<number> {
    if (performance.now() - this.sweptMs < EVERY_MS) return 0;
    this.sweptMs = performance.now();
    const open = await this.erasures.open(this.database);
    for (const erasure of open) await this.enqueue(this.database, erasure);
    return open.length;
  }
}
