import { Inject, Injectable } from '@nestjs/common';
import { Database, newId, type Transaction } from '../platform/database/index.js';
import { Jobs } from '../platform/jobs/index.js';
import { MAIL_NOTICE } from './mail-notice.js';
import { type NewNotice, NoticesRepository, type Unread } from './notices.repository.js';

const LONGEST_TITLE = 200;
// What PostgreSQL takes for control characters; the names that people give to things may hold any.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** A title as one line that can be kept: a name in it must not undo what is told of. */
function oneLine(title: string): string {
  const line = [...title.replace(BREAKS, ' ').trim()].slice(0, LONGEST_TITLE).join('');
  return line === '' ? 'Notice' : line;
}

/** Tells people what happened, in the pages and by mail; for every feature. */
@Injectable()
export class Notices {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** Writes the notices and their mails in the caller's transaction: they exist exactly when what they tell of does. */
  async tell(tx: Transaction, notices: readonly NewNotice[]): Promise<void> {
    if (notices.length === 0) return;
    const named = notices.map((notice) => ({ ...notice, title: oneLine(notice.title), id: newId() }));
    await Promise.all([
      this.notices.add(tx, named),
      this.jobs.enqueueAll(
        tx,
        MAIL_NOTICE,
        named.map(({ coopId, id }) => ({ payload: { coopId, noticeId: id }, key: `notice-${id}` })),
      ),
    ]);
  }

  /** Those of these accounts that have something unread. */
  async unreadOf(accountIds: readonly string[]): Promise<Unread[]> {
    return this.notices.unreadOf(this.database, accountIds);
  }
}
