import { Injectable } from '@nestjs/common';
import type { Queryable, Transaction } from '../platform/database/index.js';
import type { PageRequest } from '../platform/graphql/index.js';

/** What to tell whom, because of something that happened at a provider. */
export interface NewNotice {
  readonly coopId: string;
  readonly accountId: string;
  /** The reason in lower case words, e.g. `booking_moved`; pages may choose a picture by it. */
  readonly kind: string;
  /** The subject of the mail; kept as one line of at most 200 characters. */
  readonly title: string;
  readonly body: string;
  /** A page of this installation, from its slash on, e.g. `/bookings`. */
  readonly link: string;
}

export interface Notice extends NewNotice {
  readonly id: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** A notice as it goes out; a brand has no address of its own, so its owner is written to. */
export interface NoticeMail {
  readonly id: string;
  readonly email: string;
  readonly title: string;
  readonly body: string;
  readonly link: string;
  readonly coopName: string;
}

/** How many unread notices somebody has, and the newest of them. */
export interface Unread {
  readonly accountId: string;
  readonly count: number;
  readonly newest: Notice;
}

// Nobody needs to know how many more than this have piled up.
const MOST_COUNTED = 999;

const COLUMNS = `coop_id AS "coopId", id, account_id AS "accountId", kind, title, body, link,
  created_at AS "createdAt", read_at AS "readAt"`;
const ADD = `INSERT INTO notice (coop_id, id, account_id, kind, title, body, link, created_at)
  SELECT coop_id, id, account_id, kind, title, body, link, app_now()
    FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
      AS new (coop_id, id, account_id, kind, title, body, link)`;
const PAGE = `SELECT ${COLUMNS} FROM notice WHERE account_id = $1 AND ($3::uuid IS NULL OR id < $3::uuid)
  ORDER BY id DESC LIMIT $2`;
const COUNT_UNREAD = `SELECT count(*)::int AS count FROM (
  SELECT 1 FROM notice WHERE account_id = $1 AND read_at IS NULL LIMIT ${String(MOST_COUNTED)}) AS unread`;
const UNREAD_OF = `SELECT newest.*, unread.count::int
  FROM unnest($1::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM notice WHERE account_id = wanted.id AND read_at IS NULL
    ORDER BY id DESC LIMIT 1) AS newest
  CROSS JOIN LATERAL (SELECT count(*) FROM (SELECT 1 FROM notice WHERE account_id = wanted.id AND read_at IS NULL
    LIMIT ${String(MOST_COUNTED)}) AS counted) AS unread`;
const READ = `UPDATE notice SET read_at = app_now()
  WHERE account_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[])) RETURNING 1 AS read`;
const MAIL = `SELECT notice.id, notice.title, notice.body, notice.link, coop.name AS "coopName",
    coalesce(account.email, owner.email) AS email
  FROM notice JOIN coop ON coop.id = notice.coop_id JOIN account ON account.id = notice.account_id
  LEFT JOIN account AS owner ON owner.id = account.owner_id
  WHERE notice.coop_id = $1 AND notice.id = $2`;

/** Every query on table notice. */
@Injectable()
export class NoticesRepository {
  async add(tx: Transaction, notices: readonly (NewNotice & { readonly id: string })[]): Promise<void> {
    const column = (name: keyof NewNotice | 'id'): string[] => notices.map((notice) => notice[name]);
    await tx.query(ADD, [
      column('coopId'),
      column('id'),
      column('accountId'),
      column('kind'),
      column('title'),
      column('body'),
      column('link'),
    ]);
  }

  async page(q: Queryable, accountId: string, request: PageRequest): Promise<Notice[]> {
    return q.query<Notice>(PAGE, [accountId, request.limit + 1, request.after?.[0] ?? null]);
  }

  async countUnread(q: Queryable, accountId: string): Promise<number> {
    const [row] = await q.query<{ count: number }>(COUNT_UNREAD, [accountId]);
    return row?.count ?? 0;
  }

  /** Those of these accounts that have something unread, in one statement. */
  async unreadOf(q: Queryable, accountIds: readonly string[]): Promise<Unread[]> {
    const rows = await q.query<Notice & { count: number }>(UNREAD_OF, [accountIds]);
    return rows.map(({ count, ...newest }) => ({ accountId: newest.accountId, count, newest }));
  }

  /** Marks these notices of the account, or all of them, as read; returns how many were not. */
  async read(tx: Transaction, accountId: string, ids: readonly string[] | null): Promise<number> {
    return (await tx.query(READ, [accountId, ids])).length;
  }

  async mail(q: Queryable, coopId: string, id: string): Promise<NoticeMail | null> {
    const [row] = await q.query<NoticeMail>(MAIL, [coopId, id]);
    return row ?? null;
  }
}
