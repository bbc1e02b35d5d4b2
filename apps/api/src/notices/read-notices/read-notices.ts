import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused, isUuid } from '../../platform/graphql/index.js';
import { NoticesRepository } from '../notices.repository.js';
import { NoticesRead, type ReadNoticesInput } from './read-notices.types.js';

const MOST_AT_ONCE = 100;

/** Marks notices of the caller as read; those of others and those read before stay as they are. */
@Injectable()
export class ReadNotices {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
  ) {}

  async run(accountId: string, { noticeIds }: ReadNoticesInput): Promise<NoticesRead | InputRefused> {
    const ids = noticeIds ?? null;
    if (ids !== null && ids.length > MOST_AT_ONCE)
      return new InputRefused(
        'noticeIds',
        `There are ${String(ids.length)} ids; send at most ${String(MOST_AT_ONCE)}, or none for all.`,
      );
    return this.transactions.run(
      ['NoticesRead'],
      async (tx) =>
        new NoticesRead(await this.notices.read(tx, accountId, ids === null ? null : ids.filter(isUuid))),
    );
  }
}
