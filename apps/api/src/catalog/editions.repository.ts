import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { EditionType } from './catalog.types.js';
import type { WorkKey } from './works.repository.js';

/** The most editions that a work lists; older ones are reached by their id. */
const SHOWN_PER_WORK = 100;

type EditionRecord = Omit<EditionType, 'unitPriceMinor'> & { unitPriceMinor: string };

const COLUMNS = `e.coop_id AS "coopId", e.id, e.work_id AS "workId", e.size, e.unit_price_minor AS "unitPriceMinor",
  e.currency, e.agreement_version_id AS "agreementVersionId", e.gtin, e.next_serial AS "nextSerial"`;

const INSERT = `WITH made AS (
    INSERT INTO edition (coop_id, id, work_id, size, unit_price_minor, currency, agreement_version_id, gtin, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING gtin, coop_id, id)
  INSERT INTO gtin (gtin, coop_id, edition_id) SELECT gtin, coop_id, id FROM made`;

const BY_KEYS = `SELECT ${COLUMNS} FROM edition e
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) ON key.coop_id = e.coop_id AND key.id = e.id`;

const OF_WORKS = `SELECT newest.* FROM unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id)
  CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM edition e WHERE e.coop_id = key.coop_id AND e.work_id = key.id
    ORDER BY e.created_at DESC, e.id DESC LIMIT ${String(SHOWN_PER_WORK)}) AS newest`;

const BY_GTIN = `SELECT coop_id AS "coopId", edition_id AS "editionId" FROM gtin WHERE gtin = $1`;

// The co-op's row is locked, so two editions made at once get two numbers.
const LOCK_RANGE = `SELECT gtin_prefix AS "prefix", next_item AS "nextItem", currency FROM coop WHERE id = $1
  FOR NO KEY UPDATE`;

const TAKE_ITEM = `UPDATE coop SET next_item = next_item + 1 WHERE id = $1`;

// The check constraint is the second witness that no serial is given beyond the size.
const TAKE_SERIAL = `UPDATE edition SET next_serial = next_serial + 1 WHERE coop_id = $1 AND id = $2
  RETURNING next_serial - 1 AS serial`;

function editionOf(record: EditionRecord): EditionType {
  return { ...record, unitPriceMinor: BigInt(record.unitPriceMinor) };
}

/** The co-op's range of GTINs, and the currency it sells in. */
export interface GtinRange {
  readonly prefix: string;
  readonly nextItem: number;
  readonly currency: string;
}

/** Every statement on editions, their printed numbers, and the range those come from. */
@Injectable()
export class EditionsRepository {
  async insert(tx: Transaction, edition: EditionType, createdAt: Date): Promise<void> {
    await tx.query(INSERT, [
      edition.coopId,
      edition.id,
      edition.workId,
      edition.size,
      edition.unitPriceMinor.toString(),
      edition.currency,
      edition.agreementVersionId,
      edition.gtin,
      createdAt,
    ]);
  }

  async byKeys(q: Queryable, keys: readonly WorkKey[]): Promise<EditionType[]> {
    const rows = await q.query<EditionRecord>(BY_KEYS, [
      keys.map((key) => key.coopId),
      keys.map((key) => key.id),
    ]);
    return rows.map(editionOf);
  }

  /** The newest editions of each work, at most 100 of each. */
  async ofWorks(q: Queryable, keys: readonly WorkKey[]): Promise<EditionType[]> {
    const rows = await q.query<EditionRecord>(OF_WORKS, [
      keys.map((key) => key.coopId),
      keys.map((key) => key.id),
    ]);
    return rows.map(editionOf);
  }

  async byGtin(q: Queryable, gtin: string): Promise<{ coopId: string; editionId: string } | null> {
    const [found] = await q.query<{ coopId: string; editionId: string }>(BY_GTIN, [gtin]);
    return found ?? null;
  }

  /** Locks the co-op and reads its GTIN range. */
  async lockRange(tx: Transaction, coopId: string): Promise<GtinRange | null> {
    tx.locking('coop', [coopId]);
    const [range] = await tx.query<GtinRange & Record<string, unknown>>(LOCK_RANGE, [coopId]);
    return range ?? null;
  }

  /** Moves the locked range past its next item. */
  async takeItem(tx: Transaction, coopId: string): Promise<void> {
    await tx.query(TAKE_ITEM, [coopId]);
  }

  /** Gives the next serial of an edition that the caller has locked. */
  async takeSerial(tx: Transaction, coopId: string, editionId: string): Promise<number> {
    const [taken] = await tx.query<{ serial: number }>(TAKE_SERIAL, [coopId, editionId]);
    if (taken === undefined) throw new Error(`edition ${editionId} does not exist in co-op ${coopId}`);
    return taken.serial;
  }
}
