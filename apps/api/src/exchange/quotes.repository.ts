import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { OfferKey } from './offers.repository.js';
import type { ServiceQuoteType } from './quote.types.js';

export type NewQuote = ServiceQuoteType & { readonly askedBy: string };

const COLUMNS = `coop_id AS "coopId", id, offer_id AS "offerId", version, buyer_coop_id AS "buyerCoopId",
  buyer_brand_id AS "buyerBrandId", units, input, wanted_by AS "wantedBy", price_lines AS "priceLines",
  price_minor AS "priceMinor", currency, promised_at AS "promisedAt", asked_at AS "askedAt", valid_until AS "validUntil"`;

const INSERT = `INSERT INTO service_quote (coop_id, id, offer_id, version, buyer_coop_id, buyer_brand_id, asked_by, units,
    input, wanted_by, price_lines, price_minor, currency, promised_at, asked_at, valid_until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`;
const BY_KEYS = `SELECT ${COLUMNS} FROM service_quote
  JOIN unnest($1::uuid[], $2::uuid[]) AS key (coop_id, id) USING (coop_id, id)`;

type Row = Omit<ServiceQuoteType, 'priceMinor' | 'priceLines'> & {
  readonly priceMinor: string;
  readonly priceLines: readonly { code: string; label: string; units: number | null; amountMinor: string }[];
};

function quoteOf(row: Row): ServiceQuoteType {
  const priceLines = row.priceLines.map((line) => ({ ...line, amountMinor: BigInt(line.amountMinor) }));
  return { ...row, priceMinor: BigInt(row.priceMinor), priceLines };
}

/** Every statement on quotes: written once, never changed. */
@Injectable()
export class QuotesRepository {
  async insert(tx: Transaction, quote: NewQuote): Promise<void> {
    const lines = quote.priceLines.map((line) => ({ ...line, amountMinor: line.amountMinor.toString() }));
    await tx.query(INSERT, [
      ...[quote.coopId, quote.id, quote.offerId, quote.version, quote.buyerCoopId, quote.buyerBrandId],
      ...[quote.askedBy, quote.units, quote.input, quote.wantedBy, JSON.stringify(lines)],
      ...[quote.priceMinor.toString(), quote.currency, quote.promisedAt, quote.askedAt, quote.validUntil],
    ]);
  }

  async byId(q: Queryable, key: OfferKey): Promise<ServiceQuoteType | null> {
    return (await this.byIds(q, [key]))[0] ?? null;
  }

  async byIds(q: Queryable, keys: readonly OfferKey[]): Promise<ServiceQuoteType[]> {
    const rows = await q.query<Row>(BY_KEYS, [keys.map((key) => key.coopId), keys.map((key) => key.id)]);
    return rows.map(quoteOf);
  }
}
