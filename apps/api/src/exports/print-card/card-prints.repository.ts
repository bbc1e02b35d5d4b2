import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../../platform/database/index.js';

/** One print of a card: whose hands the key of a piece went through. */
export interface CardPrint {
  readonly coopId: string;
  readonly id: string;
  readonly certificateId: string;
  /** The account of whoever printed. */
  readonly printedBy: string;
  readonly printedAt: Date;
}

type Row = CardPrint & Record<string, unknown>;

const COLUMNS = `coop_id AS "coopId", id, certificate_id AS "certificateId", printed_by AS "printedBy",
  printed_at AS "printedAt"`;

/** Every statement on the prints of cards; there is none that changes or deletes one. */
@Injectable()
export class CardPrintsRepository {
  async insert(tx: Transaction, print: CardPrint): Promise<void> {
    await tx.query(
      `INSERT INTO card_print (coop_id, id, certificate_id, printed_by, printed_at) VALUES ($1, $2, $3, $4, $5)`,
      [print.coopId, print.id, print.certificateId, print.printedBy, print.printedAt],
    );
  }

  /** The prints of a co-op, newest first, from before the id `after` on. */
  async ofCoop(q: Queryable, coopId: string, after: string | null, limit: number): Promise<CardPrint[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM card_print WHERE coop_id = $1 AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      [coopId, after, limit],
    );
  }

  /** The prints of one certificate's card, newest first, from before the id `after` on. */
  async ofCertificate(
    q: Queryable,
    { coopId, id }: Pick<CardPrint, 'coopId' | 'id'>,
    after: string | null,
    limit: number,
  ): Promise<CardPrint[]> {
    return q.query<Row>(
      `SELECT ${COLUMNS} FROM card_print WHERE coop_id = $1 AND certificate_id = $2
          AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [coopId, id, after, limit],
    );
  }
}
