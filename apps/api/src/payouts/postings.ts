import { Inject, Injectable } from '@nestjs/common';
import { GENESIS_HASH, entryHash } from '@touchmark/ledger';
import { newId, type Queryable, type Transaction } from '../platform/database/index.js';
import { AgreementsRepository } from './agreements.repository.js';
import { buildPosting, type Posting } from './build-posting.js';
import { LedgerRepository, type LedgerRow } from './ledger.repository.js';
import { RunningTotals } from './running-totals.js';

/** Writes balanced, chained transactions into a provider's books, on the caller's transaction. */
@Injectable()
export class Postings {
  constructor(
    @Inject(LedgerRepository) private readonly ledger: LedgerRepository,
    @Inject(AgreementsRepository) private readonly agreements: AgreementsRepository,
  ) {}

  /**
   * Posts all of `postings` in their order. Call it once, as the last step of a transaction that locks: it locks the
   * agreement versions, then the end of the chain, and only then reads the time.
   */
  async post(tx: Transaction, coopId: string, postings: readonly Posting[]): Promise<void> {
    const due = postings.filter((posting) => posting.amountMinor > 0n);
    if (due.length === 0) return;
    const totals = await this.lockTotals(tx, coopId, due);
    const head = await this.ledger.lockHead(tx, coopId, GENESIS_HASH);
    const postedAt = (await tx.now()).getTime();
    const rows: LedgerRow[] = [];
    let { sequence, hash } = head;
    for (const posting of due) {
      const built = buildPosting(posting, totals);
      if (built === null) continue;
      sequence += 1;
      const posted = { ...built.transaction, coopId, sequence, postedAt, reference: posting.reference };
      hash = entryHash(hash, posted);
      const { versionId, totalBeforeMinor, totalAfterMinor } = built;
      rows.push({ ...posted, id: newId(), hash, versionId, totalBeforeMinor, totalAfterMinor });
    }
    this.ledger.append(tx, coopId, rows);
    const changed = totals.changed();
    if (changed.length > 0) await this.agreements.saveTotals(tx, coopId, changed);
  }

  /** To be called now and then while much is posted: the checks of each line stay look-ups in an index. */
  async refreshPlans(q: Queryable): Promise<void> {
    await this.ledger.refreshPlans(q);
  }

  private async lockTotals(tx: Transaction, coopId: string, due: readonly Posting[]): Promise<RunningTotals> {
    const versionIds = [
      ...new Set(due.flatMap((posting) => ('versionId' in posting ? [posting.versionId] : []))),
    ];
    if (versionIds.length === 0) return new RunningTotals([], []);
    await tx.lock('agreement_version', coopId, versionIds);
    return new RunningTotals(
      await this.agreements.versions(tx, coopId, versionIds),
      await this.agreements.totals(tx, coopId, versionIds),
    );
  }
}
