import { Inject, Injectable } from '@nestjs/common';
import { GENESIS_HASH, entryHash } from '@touchmark/ledger';
import { newId, type Queryable, type Transaction } from '../platform/database/index.js';
import { AgreementsRepository } from './agreements.repository.js';
import { buildPosting, type PlainPosting, type Posting } from './build-posting.js';
import { LedgerRepository, type LedgerHead, type LedgerRow } from './ledger.repository.js';
import { RunningTotals } from './running-totals.js';

/** One provider's side of a trade. */
export interface Book {
  readonly coopId: string;
  readonly posting: PlainPosting;
}

/** The books of several providers, locked until the transaction ends. */
export interface OpenBooks {
  /** Posts each side; amounts of zero post nothing. */
  post(books: readonly Book[]): Promise<void>;
}

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
    await this.append(tx, coopId, head, due, totals);
    const changed = totals.changed();
    if (changed.length > 0) await this.agreements.saveTotals(tx, coopId, changed);
  }

  /**
   * Locks the books of several providers, by ascending id: the last lock of a transaction. What is decided after it, by
   * the time that counts, is then posted to all of them, so that none stands without the others.
   */
  async openBooks(tx: Transaction, coopIds: readonly string[]): Promise<OpenBooks> {
    const heads = await this.ledger.lockHeads(tx, coopIds, GENESIS_HASH);
    return {
      post: async (books) => {
        for (const { coopId, posting } of books.filter((book) => book.posting.amountMinor > 0n)) {
          const head = heads.get(coopId);
          if (head === undefined) throw new Error(`the books of co-op ${coopId} were not opened`);
          heads.set(coopId, await this.append(tx, coopId, head, [posting], new RunningTotals([], [])));
        }
      },
    };
  }

  /**
   * Posts one amount above zero, of two lines, as the last step of a transaction: it locks the end of the chain and reads
   * the time as `post` does, but in the round trip of the commit. When the books were never opened, the commit fails with
   * the constraint BOOKS_NOT_OPEN.
   */
  postAtOnce(tx: Transaction, coopId: string, posting: PlainPosting): void {
    const built = buildPosting(posting, new RunningTotals([], []));
    if (built?.transaction.entries.length !== 2)
      throw new Error(`a posting of ${posting.kind} does not have two lines`);
    this.ledger.chain(tx, { ...built.transaction, coopId, id: newId(), reference: posting.reference });
  }

  private async append(
    tx: Transaction,
    coopId: string,
    head: LedgerHead,
    due: readonly Posting[],
    totals: RunningTotals,
  ): Promise<LedgerHead> {
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
    return { sequence, hash };
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
