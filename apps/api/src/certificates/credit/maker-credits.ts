import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { quotaTargets } from '@touchmark/splits';
import { Agreements } from '../../payouts/index.js';
import { Database, type Transaction } from '../../platform/database/index.js';
import { type Credit, CreditsRepository } from './credits.repository.js';

const WHOLE = 10_000n;
const DRAWS = 20;

/** Somebody who stands on a certificate. */
export interface PrintedMaker extends Credit {
  readonly place: number;
  readonly name: string;
  readonly kind: 'name' | 'pseudonym';
  /** Basis points of credit. */
  readonly share: number;
}

/** Thrown when somebody changed how they are printed while a certificate was being written: it is written again. */
export class CreditChangedError extends Error {
  override readonly name = 'CreditChangedError';
  /** As PostgreSQL says it of its own, so that the transaction is tried again and then TRY_AGAIN is told. */
  readonly code = '40001';
}

/** The pseudonym of a number in a co-op: it says nothing of the account, nor in which order people came. */
export function pseudonym(number: number, coopName: string): string {
  return `Maker ${String(number)} of ${coopName}`;
}

/** A number for a pseudonym, at random; longer ones once the short ones get scarce. */
export function drawNumber(attempt: number): number {
  return attempt < 5 ? randomInt(1_000, 10_000) : randomInt(100_000, 1_000_000_000);
}

/** Draws numbers until they serve: `use` answers null as long as one is taken. */
async function draw<Result>(use: (number: () => number) => Promise<Result | null>): Promise<Result> {
  for (let attempt = 0; attempt < DRAWS; attempt += 1) {
    const result = await use(() => drawNumber(attempt));
    if (result !== null) return result;
  }
  throw new Error(`no free number for a pseudonym was found in ${String(DRAWS)} draws`);
}

/** Shares of credit in basis points that sum to exactly 10,000, by the quota method of the agreement's own tier. */
export function creditShares(weights: readonly bigint[]): number[] {
  return quotaTargets(weights, WHOLE).map(Number);
}

/** Says how the makers of a piece are printed, and keeps that from changing under a certificate. */
@Injectable()
export class MakerCredits {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
  ) {}

  /** The parties of an agreement in its order, as they are printed now; who has no pseudonym yet gets one. */
  async ofAgreement(coop: { id: string; name: string }, versionId: string): Promise<PrintedMaker[]> {
    const parties = await this.agreements.sharesOf(this.database, coop.id, versionId);
    const shares = creditShares(parties.map(({ weight }) => weight));
    const credits = await this.numbered(
      coop.id,
      parties.map(({ partyId }) => partyId),
    );
    return parties.map(({ partyId }, index) => {
      const credit = credits.get(partyId);
      if (credit === undefined) throw new Error(`party ${partyId} was given no credit`);
      const kind = credit.printedName === null ? 'pseudonym' : 'name';
      const name = credit.printedName ?? pseudonym(credit.number, coop.name);
      return { ...credit, place: index + 1, kind, name, share: shares[index] ?? 0 };
    });
  }

  /** Notes the makers of a certificate, in the transaction that stores it and after `hold`. */
  async keep(
    tx: Transaction,
    coopId: string,
    certificateId: string,
    makers: readonly PrintedMaker[],
  ): Promise<void> {
    await this.credits.place(tx, coopId, certificateId, makers);
  }

  /** Locks how these makers are printed; before the clock is read. Throws CreditChangedError when one changed since. */
  async hold(tx: Transaction, coopId: string, makers: readonly PrintedMaker[]): Promise<void> {
    const ids = [...new Set(makers.map(({ accountId }) => accountId))];
    const now = new Map((await this.credits.held(tx, coopId, ids)).map((one) => [one.accountId, one]));
    const changed = makers.find(({ accountId, number, printedName }) => {
      const credit = now.get(accountId);
      return credit?.number !== number || credit.printedName !== printedName;
    });
    if (changed !== undefined)
      throw new CreditChangedError(`maker ${String(changed.place)} changed how they are printed`);
  }

  /** The credits of these accounts; who has none gets one with a number that nobody in the co-op has. */
  numbered(coopId: string, accountIds: readonly string[]): Promise<Map<string, Credit>> {
    return draw(async (number) => {
      const found = await this.credits.of(this.database, coopId, accountIds);
      const known = new Map(found.map((credit) => [credit.accountId, credit]));
      const missing = accountIds.filter((id) => !known.has(id));
      if (missing.length === 0) return known;
      const drawn = missing.map((accountId) => ({ accountId, number: number() }));
      await this.credits.draw(this.database, coopId, drawn);
      return null;
    });
  }

  /** Forgets the name and the pseudonym of somebody whose credit is locked; the next pseudonym is another. */
  async forget(tx: Transaction, coopId: string, accountId: string): Promise<void> {
    await draw(async (number) => (await this.credits.forget(tx, coopId, accountId, number())) || null);
  }
}
