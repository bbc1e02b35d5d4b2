import { Injectable } from '@nestjs/common';
import type { PhotoType } from '@touchmark/production';
import type { Queryable, Transaction } from '../../platform/database/index.js';
import type { Key } from '../runs.repository.js';
import type { ProductionPhotoType } from './photo.types.js';

/** A photo as it is served. */
export interface StoredPhoto {
  readonly coopId: string;
  readonly type: PhotoType;
  /** Null when it was taken down. */
  readonly bytes: Buffer | null;
  readonly publishedAt: Date | null;
}

/** A photo of a run or a piece to be kept. */
export type PhotoToAdd = Omit<ProductionPhotoType, 'publishedAt' | 'takenDownAt' | 'takenDownWhy'> & {
  readonly bytes: Uint8Array;
  readonly addedBy: string;
};

type Row<T> = T & Record<string, unknown>;

const COLUMNS = `p.coop_id AS "coopId", p.id, p.run_id AS "runId", p.unit_id AS "unitId", p.sha256, f.type, p.caption,
  p.added_at AS "addedAt", f.published_at AS "publishedAt", f.taken_down_at AS "takenDownAt",
  f.taken_down_why AS "takenDownWhy"`;
const FROM = `FROM production_photo p JOIN photo f ON f.coop_id = p.coop_id AND f.sha256 = p.sha256`;

const KEEP = `INSERT INTO photo (coop_id, sha256, type, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;
const ADD = `INSERT INTO production_photo (coop_id, id, run_id, unit_id, sha256, caption, added_by, added_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
const OF_RUNS = `SELECT ${COLUMNS} ${FROM} JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id)
    ON key.coop_id = p.coop_id AND key.id = p.run_id ORDER BY p.id`;
const BY_ID = `SELECT ${COLUMNS} ${FROM} WHERE p.coop_id = $1 AND p.id = $2`;
// Those of the run until the piece passed, and its own, as they stood then: none that was taken down before.
const OF_UNIT = `SELECT ${COLUMNS} FROM unit u
  JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
  JOIN production_photo p ON p.coop_id = u.coop_id AND p.run_id = u.run_id
    AND (p.unit_id IS NULL OR p.unit_id = u.id) AND p.added_at <= q.recorded_at
  JOIN photo f ON f.coop_id = p.coop_id AND f.sha256 = p.sha256
    AND (f.taken_down_at IS NULL OR f.taken_down_at > q.recorded_at)
  WHERE u.coop_id = $1 AND u.id = $2 ORDER BY p.added_at, p.id`;
// Several co-ops may have one and the same; what is public of any is public.
const BY_DIGEST = `SELECT coop_id AS "coopId", type, bytes, published_at AS "publishedAt" FROM photo
  WHERE sha256 = $1 AND (published_at IS NOT NULL OR coop_id = ANY($2::uuid[]))
  ORDER BY bytes IS NULL, published_at NULLS LAST LIMIT 1`;
const TAKE_DOWN = `UPDATE photo SET bytes = NULL, taken_down_at = $3, taken_down_by = $4, taken_down_why = $5
  WHERE coop_id = $1 AND sha256 = $2 AND taken_down_at IS NULL`;
const TAKEN_DOWN = `SELECT sha256, taken_down_at AS "takenDownAt" FROM photo
  WHERE coop_id = $1 AND sha256 = ANY($2::text[]) AND taken_down_at IS NOT NULL`;
const PUBLISH = `UPDATE photo SET published_at = $3 WHERE coop_id = $1 AND sha256 = ANY($2::text[])
  AND published_at IS NULL`;
const CERTIFIED = `SELECT 1 AS found FROM production_photo p
  JOIN unit u ON u.coop_id = p.coop_id AND u.run_id = p.run_id AND (p.unit_id IS NULL OR p.unit_id = u.id)
  JOIN quality_record q ON q.coop_id = u.coop_id AND q.unit_id = u.id
  WHERE p.coop_id = $1 AND p.id = $2 AND q.outcome = 'passed' AND p.added_at <= q.recorded_at LIMIT 1`;
const REMOVE = `DELETE FROM production_photo WHERE coop_id = $1 AND id = $2`;
const FORGET = `DELETE FROM photo f WHERE f.coop_id = $1 AND f.sha256 = $2 AND f.published_at IS NULL AND NOT EXISTS (
  SELECT 1 FROM production_photo p WHERE p.coop_id = f.coop_id AND p.sha256 = f.sha256)`;

/** Every statement on photos; who adds or removes one has locked its run. */
@Injectable()
export class PhotosRepository {
  async add(tx: Transaction, photo: PhotoToAdd): Promise<void> {
    const { coopId, id, runId, unitId, sha256, type, bytes, caption, addedBy, addedAt } = photo;
    await tx.query(KEEP, [coopId, sha256, type, Buffer.from(bytes)]);
    await tx.query(ADD, [coopId, id, runId, unitId, sha256, caption, addedBy, addedAt]);
  }

  /** The photos of runs and of their pieces, oldest first. */
  ofRuns(q: Queryable, runs: readonly Key[]): Promise<ProductionPhotoType[]> {
    return q.query<Row<ProductionPhotoType>>(OF_RUNS, [
      runs.map(({ coopId }) => coopId),
      runs.map(({ id }) => id),
    ]);
  }

  /** The photos that the certificate of a piece that passed names, oldest first. */
  ofUnit(q: Queryable, coopId: string, unitId: string): Promise<ProductionPhotoType[]> {
    return q.query<Row<ProductionPhotoType>>(OF_UNIT, [coopId, unitId]);
  }

  async byId(q: Queryable, { coopId, id }: Key): Promise<ProductionPhotoType | null> {
    const [row] = await q.query<Row<ProductionPhotoType>>(BY_ID, [coopId, id]);
    return row ?? null;
  }

  /** The photo of this digest that is public or belongs to one of these co-ops. */
  async byDigest(q: Queryable, sha256: string, coopIds: readonly string[]): Promise<StoredPhoto | null> {
    const [row] = await q.query<Row<StoredPhoto>>(BY_DIGEST, [sha256, coopIds]);
    return row ?? null;
  }

  async publish(tx: Transaction, coopId: string, digests: readonly string[], at: Date): Promise<void> {
    await tx.query(PUBLISH, [coopId, digests, at]);
  }

  /** Deletes the bytes and notes who did it and why; the first time counts. */
  async takeDown(
    tx: Transaction,
    { coopId, sha256 }: ProductionPhotoType,
    by: string,
    why: string,
  ): Promise<void> {
    await tx.query(TAKE_DOWN, [coopId, sha256, await tx.now(), by, why]);
  }

  /** Since when those of these photos are taken down that are. */
  async takenDown(q: Queryable, coopId: string, digests: readonly string[]): Promise<Map<string, Date>> {
    const rows = await q.query<{ sha256: string; takenDownAt: Date }>(TAKEN_DOWN, [coopId, digests]);
    return new Map(rows.map(({ sha256, takenDownAt }) => [sha256, takenDownAt]));
  }

  /** Whether a piece passed after the photo was added, so that its certificate names it or will. */
  async isCertified(tx: Transaction, { coopId, id }: Key): Promise<boolean> {
    return (await tx.query(CERTIFIED, [coopId, id])).length > 0;
  }

  /** Takes a photo from its run, and its bytes away when nothing else shows them. */
  async remove(tx: Transaction, { coopId, id, sha256 }: ProductionPhotoType): Promise<void> {
    await tx.query(REMOVE, [coopId, id]);
    await tx.query(FORGET, [coopId, sha256]);
  }
}
