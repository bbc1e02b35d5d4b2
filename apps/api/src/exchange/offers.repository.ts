import { Injectable } from '@nestjs/common';
import { measure, type FinishedOrder, type Measured, type OfferTerms } from '@touchmark/exchange';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';
import type { OfferType } from './offer.types.js';

export interface OfferKey {
  readonly coopId: string;
  readonly id: string;
}

/** One version of an offer as it is written. */
export interface OfferVersion extends OfferTerms {
  readonly coopId: string;
  readonly offerId: string;
  readonly version: number;
  readonly inputSchema: string;
  readonly currency: string;
  readonly writtenBy: string;
}

const COLUMNS = `offer.coop_id AS "coopId", offer.id, terms.version, offer.published_at AS "publishedAt",
  offer.withdrawn_at AS "withdrawnAt", terms.title, terms.kinds_of_work AS "kindsOfWork", terms.materials,
  terms.lead_time AS "leadTime", terms.lead_hours AS "leadHours", terms.firm_hours AS "firmHours", terms.steps,
  terms.prices, terms.windows, terms.refund, terms.input_schema AS "inputSchema", terms.currency`;
const JOINED = `JOIN offer_version AS terms ON terms.coop_id = offer.coop_id AND terms.offer_id = offer.id`;
const CURRENT = `${JOINED} AND terms.version = offer.version`;

const INSERT = `INSERT INTO offer (coop_id, id, version, published_at) VALUES ($1, $2, 1, $3)`;
const NEXT_VERSION = `UPDATE offer SET version = version + 1 WHERE coop_id = $1 AND id = $2 AND withdrawn_at IS NULL
  RETURNING version`;
const WITHDRAW = `UPDATE offer SET withdrawn_at = coalesce(withdrawn_at, $3) WHERE coop_id = $1 AND id = $2 RETURNING id`;
const INSERT_VERSION = `INSERT INTO offer_version (coop_id, offer_id, version, title, kinds_of_work, materials, lead_time,
    lead_hours, firm_hours, steps, prices, windows, refund, input_schema, currency, written_by, written_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;
const FORGET_KINDS = `DELETE FROM offer_kind WHERE coop_id = $1 AND offer_id = $2`;
const ADD_KINDS = `INSERT INTO offer_kind (coop_id, offer_id, kind, published_at)
  SELECT offer.coop_id, offer.id, kind, offer.published_at FROM offer CROSS JOIN unnest($3::text[]) AS kind
   WHERE offer.coop_id = $1 AND offer.id = $2`;

const ONE = `SELECT ${COLUMNS} FROM offer ${CURRENT} WHERE offer.coop_id = $1 AND offer.id = $2`;
const ONE_VERSION = `SELECT ${COLUMNS} FROM offer ${JOINED} AND terms.version = $3 WHERE offer.coop_id = $1 AND offer.id = $2`;
const VERSIONS = `SELECT ${COLUMNS} FROM unnest($1::uuid[], $2::uuid[], $3::integer[]) AS key (coop_id, id, version)
  JOIN offer ON offer.coop_id = key.coop_id AND offer.id = key.id ${JOINED} AND terms.version = key.version`;

// Newest first; the offers of a page are found by one index, and only they are joined to their terms.
const NEWEST = `SELECT ${COLUMNS} FROM (
    SELECT * FROM offer WHERE withdrawn_at IS NULL
       AND ($1::timestamptz IS NULL OR (published_at, id) < ($1::timestamptz, $2::uuid))
     ORDER BY published_at DESC, id DESC LIMIT $3) AS offer ${CURRENT}
  ORDER BY offer.published_at DESC, offer.id DESC`;
const NEWEST_OF_KIND = `SELECT ${COLUMNS} FROM (
    SELECT * FROM offer_kind WHERE kind = $4
       AND ($1::timestamptz IS NULL OR (published_at, offer_id) < ($1::timestamptz, $2::uuid))
     ORDER BY published_at DESC, offer_id DESC LIMIT $3) AS listed
  JOIN offer ON offer.coop_id = listed.coop_id AND offer.id = listed.offer_id ${CURRENT}
  ORDER BY offer.published_at DESC, offer.id DESC`;

// Of one provider, by its key: ids are made in the order of time.
const NEWEST_OF_PROVIDER = `SELECT ${COLUMNS} FROM (
    SELECT * FROM offer WHERE coop_id = $3 AND withdrawn_at IS NULL AND ($1::uuid IS NULL OR id < $1::uuid)
       AND ($4::text IS NULL OR EXISTS (SELECT FROM offer_kind AS listed
             WHERE listed.coop_id = offer.coop_id AND listed.offer_id = offer.id AND listed.kind = $4))
     ORDER BY id DESC LIMIT $2) AS offer ${CURRENT}
  ORDER BY offer.id DESC`;

// A limit that the planner does not know is taken for a tenth of the rows, so it walks the index from its end and stops; of a
// number it thinks that the average offer has fewer orders, and may read and sort all that one has.
const FINISHED = `SELECT key.id, done."leadMinutes", done.passed, done.failed
  FROM unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) CROSS JOIN LATERAL (
    SELECT ceil(extract(epoch FROM ready_at - accepted_at) / 60)::integer AS "leadMinutes", passed, failed
      FROM service_order WHERE coop_id = key.coop_id AND offer_id = key.id AND ready_at IS NOT NULL
     ORDER BY ready_at DESC LIMIT (SELECT 200)) AS done`;

type Step = OfferType['steps'][number];
type Row = Omit<OfferType, 'prices' | 'steps'> & {
  // Versions from before steps could be sold by their time do not say.
  readonly steps: readonly (Omit<Step, 'atPeerRate'> & Partial<Pick<Step, 'atPeerRate'>>)[];
  readonly prices: readonly { fromUnits: number; setupMinor: string; unitMinor: string }[];
};

function offerOf(row: Row): OfferType {
  const prices = row.prices.map(({ fromUnits, setupMinor, unitMinor }) => ({
    ...{ fromUnits, setupMinor: BigInt(setupMinor), unitMinor: BigInt(unitMinor) },
  }));
  const steps = row.steps.map((step) => ({ ...step, atPeerRate: step.atPeerRate ?? false }));
  return { ...row, prices, steps };
}

// JSON has no bigint; minor units are kept in it as text.
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));

/** Every statement on offers and their versions. */
@Injectable()
export class OffersRepository {
  async insert(tx: Transaction, key: OfferKey, at: Date): Promise<void> {
    await tx.query(INSERT, [key.coopId, key.id, at]);
  }

  /** The number of the next version of an offer that stands, taken; null when there is none. */
  async nextVersion(tx: Transaction, key: OfferKey): Promise<number | null> {
    const [row] = await tx.query<{ version: number }>(NEXT_VERSION, [key.coopId, key.id]);
    return row?.version ?? null;
  }

  async insertVersion(tx: Transaction, terms: OfferVersion, at: Date): Promise<void> {
    await tx.query(INSERT_VERSION, [
      ...[terms.coopId, terms.offerId, terms.version, terms.title, terms.kindsOfWork, terms.materials],
      ...[terms.leadTime, terms.leadHours, terms.firmHours, jsonOf(terms.steps), jsonOf(terms.prices)],
      ...[
        jsonOf(terms.windows),
        jsonOf(terms.refund),
        terms.inputSchema,
        terms.currency,
        terms.writtenBy,
        at,
      ],
    ]);
    await this.listUnder(tx, { coopId: terms.coopId, id: terms.offerId }, terms.kindsOfWork);
  }

  /** Takes an offer off the list; false when there is none. */
  async withdraw(tx: Transaction, key: OfferKey, at: Date): Promise<boolean> {
    const [found] = await tx.query(WITHDRAW, [key.coopId, key.id, at]);
    await this.listUnder(tx, key, []);
    return found !== undefined;
  }

  private async listUnder(tx: Transaction, key: OfferKey, kinds: readonly string[]): Promise<void> {
    await tx.query(FORGET_KINDS, [key.coopId, key.id]);
    if (kinds.length > 0) await tx.query(ADD_KINDS, [key.coopId, key.id, kinds]);
  }

  async byId(q: Queryable, key: OfferKey): Promise<OfferType | null> {
    const [row] = await q.query<Row>(ONE, [key.coopId, key.id]);
    return row === undefined ? null : offerOf(row);
  }

  async version(q: Queryable, key: OfferKey & { readonly version: number }): Promise<OfferType | null> {
    const [row] = await q.query<Row>(ONE_VERSION, [key.coopId, key.id, key.version]);
    return row === undefined ? null : offerOf(row);
  }

  async versions(
    q: Queryable,
    keys: readonly (OfferKey & { readonly version: number })[],
  ): Promise<OfferType[]> {
    const columns = [
      keys.map((key) => key.coopId),
      keys.map((key) => key.id),
      keys.map((key) => key.version),
    ];
    return (await q.query<Row>(VERSIONS, columns)).map(offerOf);
  }

  /** The offers that stand, newest first, of one kind of work or of all. */
  async newest(q: Queryable, kind: string | null, { after, limit }: PageRequest): Promise<OfferType[]> {
    const page = [after?.[0] ?? null, after?.[1] ?? null, limit + 1];
    const rows =
      kind === null ? await q.query<Row>(NEWEST, page) : await q.query<Row>(NEWEST_OF_KIND, [...page, kind]);
    return rows.map(offerOf);
  }

  /** The offers of one provider that stand, perhaps of one kind of work. */
  async ofProvider(
    q: Queryable,
    coopId: string,
    kind: string | null,
    { after, limit }: PageRequest,
  ): Promise<OfferType[]> {
    return (await q.query<Row>(NEWEST_OF_PROVIDER, [after?.[1] ?? null, limit + 1, coopId, kind])).map(
      offerOf,
    );
  }

  /** What the newest 200 finished orders of each offer have shown, by the offer's id. */
  async measured(q: Queryable, keys: readonly OfferKey[]): Promise<Map<string, Measured>> {
    const columns = [keys.map((key) => key.coopId), keys.map((key) => key.id)];
    const rows = await q.query<FinishedOrder & { readonly id: string }>(FINISHED, columns);
    const finished = Map.groupBy(rows, (row) => row.id);
    return new Map(keys.map(({ id }) => [id, measure(finished.get(id) ?? [])]));
  }
}
