import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { Piece } from './piece.js';

/** An NFC tag inside a piece. */
export interface Tag extends Piece {
  readonly id: string;
  /** 14 lower-case hex digits. */
  readonly uid: string;
  readonly keyVersion: number;
  readonly lastCounter: number;
  readonly registeredAt: Date;
  readonly retiredAt: Date | null;
  readonly retiredWhy: string | null;
}

/** When a code was first shown, and whether by the session that asks. */
export interface ShownTap {
  readonly shownAt: Date;
  readonly here: boolean;
}

type Row = Tag & Record<string, unknown>;

const COLUMNS = `coop_id AS "coopId", id, edition_id AS "editionId", serial, uid, key_version AS "keyVersion",
  last_counter AS "lastCounter", registered_at AS "registeredAt", retired_at AS "retiredAt", retired_why AS "retiredWhy"`;

// A tag that was in another piece before goes on counting where it was.
const INSERT = `INSERT INTO nfc_tag (coop_id, id, edition_id, serial, uid, key_version, last_counter, registered_by, registered_at)
  SELECT $1, $2, $3, $4, $5, $6,
         coalesce((SELECT max(last_counter) FROM nfc_tag WHERE coop_id = $1 AND uid = $5), 0), $7, $8
  ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`;
const RAISE = `UPDATE nfc_tag SET last_counter = $3
  WHERE coop_id = $1 AND id = $2 AND last_counter < $3 AND retired_at IS NULL RETURNING 1 AS raised`;
const SHOWN = `SELECT t.last_counter AS "lastCounter", s.shown_at AS "shownAt", s.session_hash = $4 AS here,
    (SELECT shown_at FROM shown_tap n WHERE n.coop_id = t.coop_id AND n.tag_id = t.id AND n.counter > $3
      ORDER BY n.counter LIMIT 1) AS "newerAt"
  FROM nfc_tag t LEFT JOIN shown_tap s ON s.coop_id = t.coop_id AND s.tag_id = t.id AND s.counter = $3
  WHERE t.coop_id = $1 AND t.id = $2`;

/** Every statement on tags and their codes. */
@Injectable()
export class TagsRepository {
  /** True when the piece has a certificate, which a tag is bound to. */
  async isCertified(q: Queryable, { coopId, editionId, serial }: Piece): Promise<boolean> {
    const found = await q.query(
      `SELECT 1 AS found FROM certificate WHERE coop_id = $1 AND edition_id = $2 AND serial = $3`,
      [coopId, editionId, serial],
    );
    return found.length > 0;
  }

  /** Waits for whoever taps or retires the tag of this uid right now: a statement that begins later sees its last counter. */
  async lockUid(tx: Transaction, coopId: string, uid: string): Promise<void> {
    await tx.query(`SELECT 1 AS locked FROM nfc_tag WHERE coop_id = $1 AND uid = $2 ORDER BY id FOR UPDATE`, [
      coopId,
      uid,
    ]);
  }

  /** The tag as it was registered; null when its uid or its piece has another one. */
  async insert(
    tx: Transaction,
    tag: Piece & Pick<Tag, 'id' | 'uid' | 'keyVersion' | 'registeredAt'>,
    registeredBy: string,
  ): Promise<Tag | null> {
    const { coopId, id, editionId, serial, uid, keyVersion, registeredAt } = tag;
    const [row] = await tx.query<Row>(INSERT, [
      ...[coopId, id, editionId, serial, uid, keyVersion],
      ...[registeredBy, registeredAt],
    ]);
    return row ?? null;
  }

  async byId(q: Queryable, coopId: string, id: string): Promise<Tag | null> {
    const [row] = await q.query<Row>(`SELECT ${COLUMNS} FROM nfc_tag WHERE coop_id = $1 AND id = $2`, [
      coopId,
      id,
    ]);
    return row ?? null;
  }

  /** True when a tag in use is bound to the piece. */
  async isTagged(q: Queryable, { coopId, editionId, serial }: Piece): Promise<boolean> {
    const found = await q.query(
      `SELECT 1 AS found FROM nfc_tag
        WHERE coop_id = $1 AND edition_id = $2 AND serial = $3 AND retired_at IS NULL`,
      [coopId, editionId, serial],
    );
    return found.length > 0;
  }

  /** The tag of this uid that is in use. */
  async inUse(q: Queryable, coopId: string, uid: string): Promise<Tag | null> {
    const [row] = await q.query<Row>(
      `SELECT ${COLUMNS} FROM nfc_tag WHERE coop_id = $1 AND uid = $2 AND retired_at IS NULL`,
      [coopId, uid],
    );
    return row ?? null;
  }

  /** The tags of an edition from the newest down to before the id `after`, also those out of use. */
  async page(
    q: Queryable,
    coopId: string,
    editionId: string,
    after: string | null,
    limit: number,
  ): Promise<Tag[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM nfc_tag WHERE coop_id = $1 AND edition_id = $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [coopId, editionId, after, limit],
    );
  }

  async retire(tx: Transaction, coopId: string, id: string, why: string, at: Date): Promise<void> {
    await tx.query(
      `UPDATE nfc_tag SET retired_at = $4, retired_why = $3 WHERE coop_id = $1 AND id = $2 AND retired_at IS NULL`,
      [coopId, id, why, at],
    );
  }

  /** True when the counter was higher than any before: then this is the one that shows it first. */
  async raise(tx: Transaction, { coopId, id }: Tag, counter: number): Promise<boolean> {
    return (await tx.query(RAISE, [coopId, id, counter])).length > 0;
  }

  async show(
    tx: Transaction,
    { coopId, id }: Tag,
    counter: number,
    session: Buffer,
    at: Date,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO shown_tap (coop_id, tag_id, counter, session_hash, shown_at) VALUES ($1, $2, $3, $4, $5)`,
      [coopId, id, counter, session, at],
    );
  }

  /** What is known of one code of a tag: the highest counter, when it was shown, and when the next newer one was. */
  async shown(
    q: Queryable,
    { coopId, id, lastCounter }: Tag,
    counter: number,
    session: Buffer,
  ): Promise<{ lastCounter: number; shown: ShownTap | null; newerAt: Date | null }> {
    const [row] = await q.query<{
      lastCounter: number;
      shownAt: Date | null;
      here: boolean | null;
      newerAt: Date | null;
    }>(SHOWN, [coopId, id, counter, session]);
    if (row === undefined) return { lastCounter, shown: null, newerAt: null };
    const { shownAt, here, newerAt } = row;
    const shown = shownAt === null ? null : { shownAt, here: here ?? false };
    return { lastCounter: row.lastCounter, shown, newerAt };
  }

  /** Forgets which sessions showed codes before `before`; their counters stay spent. Answers how many. */
  async forget(q: Queryable, before: Date): Promise<number> {
    const gone = await q.query(`DELETE FROM shown_tap WHERE shown_at < $1 RETURNING 1 AS gone`, [before]);
    return gone.length;
  }
}
