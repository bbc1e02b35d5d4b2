import { Inject, Injectable } from '@nestjs/common';
import { type Transaction, Transactions, newId, violatedConstraint } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { AccountsRepository } from '../accounts.repository.js';
import { CoopsRepository } from '../coops.repository.js';
import { Credentials, hashOf, hashPassword } from '../credentials/index.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { PasswordResetsRepository } from '../password-resets.repository.js';
import { type CoopToCreate, CoopRefusedError, checkedCoop } from './coop-to-create.js';

const LINK_DAYS = 7;

export interface CoopCreated {
  readonly kind: 'CoopCreated';
  readonly coopId: string;
  readonly adminId: string;
  /** The token of a link to choose a password with, when the admin has none yet. */
  readonly passwordToken: string | null;
}

const TAKEN: Readonly<Record<string, string>> = {
  coop_slug_once: 'There is a co-op with this slug already. Choose another.',
  coop_gtin_prefix_once: 'There is a co-op with this GTIN prefix already. A prefix belongs to one company.',
};

/**
 * Makes a co-op and its first admin. Whoever runs the installation calls this, not a user: a wrong value is thrown as
 * CoopRefusedError. An admin who has an account and a password already keeps both.
 */
@Injectable()
export class CreateCoop {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Credentials) private readonly credentials: Credentials,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
    @Inject(PasswordResetsRepository) private readonly resets: PasswordResetsRepository,
  ) {}

  async run(input: CoopToCreate): Promise<CoopCreated> {
    const coop = checkedCoop(input);
    const passwordHash = coop.adminPassword === undefined ? null : await hashPassword(coop.adminPassword);
    try {
      return await this.transactions.run(['CoopCreated'], (tx) => this.create(tx, coop, passwordHash));
    } catch (error) {
      const taken = TAKEN[violatedConstraint(error) ?? ''];
      throw taken === undefined ? error : new CoopRefusedError(taken);
    }
  }

  private async create(
    tx: Transaction,
    coop: CoopToCreate,
    passwordHash: string | null,
  ): Promise<CoopCreated> {
    const coopId = newId();
    const { slug, name, currency, domain, gtinPrefix } = coop;
    await this.coops.add(tx, { id: coopId, slug, name, currency, domain, gtinPrefix });
    const admin = await this.accounts.lockOrAddPerson(tx, newId(), coop.adminEmail, coop.adminDisplayName);
    await this.memberships.put(tx, { coopId, accountId: admin.id, roles: ['member', 'admin'] });
    const needsPassword = admin.passwordHash === null;
    if (needsPassword && passwordHash !== null) await this.accounts.setPassword(tx, admin.id, passwordHash);
    const passwordToken =
      needsPassword && passwordHash === null ? await this.passwordLink(tx, admin.id) : null;
    await this.jobs.enqueue(tx, 'set_up_issuer', { coopId });
    return { kind: 'CoopCreated', coopId, adminId: admin.id, passwordToken };
  }

  private async passwordLink(tx: Transaction, accountId: string): Promise<string> {
    const id = newId();
    const token = this.credentials.tokenOf('password_reset', id);
    const expiresAt = new Date((await tx.now()).getTime() + LINK_DAYS * 86_400_000);
    await this.resets.add(tx, { id, accountId, tokenHash: hashOf(token), expiresAt });
    return token;
  }
}
