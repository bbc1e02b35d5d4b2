import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { isUuid } from '../platform/graphql/index.js';
import { AccountsRepository } from './accounts.repository.js';

/** Looks up accounts, for every feature. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
  ) {}

  /** The display names of these accounts, by id; for loaders. */
  async displayNames(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.accounts.byIds(this.database, ids.filter(isUuid));
    return new Map(rows.map((account) => [account.id, account.displayName]));
  }
}
