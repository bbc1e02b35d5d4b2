import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction, Transactions, newId } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { type Account, AccountsRepository } from '../accounts.repository.js';
import { CoopsRepository } from '../coops.repository.js';
import { hashOf, hashPassword, passwordFault, passwordMatches } from '../credentials/index.js';
import { nameFault } from '../display-name.js';
import { type Invitation, InvitationsRepository } from '../invitations.repository.js';
import { MembershipsRepository } from '../memberships.repository.js';
import { TokenRefused } from '../token-refused.js';
import { type AcceptInvitationInput, InvitationAccepted } from './accept-invitation.types.js';

const NOT_YOURS =
  'This address has an account with another password. Enter that one, or ask for a new password first.';

type Outcome = InvitationAccepted | TokenRefused | InputRefused;

function isOpen(invitation: Invitation, now: Date): boolean {
  return invitation.acceptedAt === null && invitation.expiresAt > now;
}

/** Makes the invited person a member, with an account when they have none. */
@Injectable()
export class AcceptInvitation {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Database) private readonly database: Database,
    @Inject(CoopsRepository) private readonly coops: CoopsRepository,
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(MembershipsRepository) private readonly memberships: MembershipsRepository,
    @Inject(InvitationsRepository) private readonly invitations: InvitationsRepository,
  ) {}

  async run(input: AcceptInvitationInput): Promise<Outcome> {
    const tokenHash = hashOf(input.token);
    const invitation = await this.invitations.byTokenHash(this.database, tokenHash);
    if (invitation === null || !isOpen(invitation, await this.database.now())) return new TokenRefused();
    const known = await this.accounts.byEmail(this.database, invitation.email);
    const fault = await this.inputFault(known, input);
    if (fault !== null) return fault;
    // Hashed before the transaction: it takes longer than all of the locks below.
    const passwordHash = known?.passwordHash ?? (await hashPassword(input.password));
    return this.transactions.run(['InvitationAccepted'], (tx) =>
      this.accept(tx, invitation, input.displayName.trim(), passwordHash, known?.passwordHash ?? null),
    );
  }

  private async inputFault(
    known: Account | null,
    input: AcceptInvitationInput,
  ): Promise<InputRefused | null> {
    const name = nameFault(input.displayName);
    if (name !== null) return new InputRefused('displayName', name);
    const stored = known?.passwordHash ?? null;
    if (stored === null) {
      const fault = passwordFault(input.password);
      return fault === null ? null : new InputRefused('password', fault);
    }
    const matches = await passwordMatches(stored, input.password);
    return matches ? null : new InputRefused('password', NOT_YOURS);
  }

  private async accept(
    tx: Transaction,
    seen: Invitation,
    displayName: string,
    passwordHash: string,
    checkedHash: string | null,
  ): Promise<Outcome> {
    const { coopId, id } = seen;
    await this.coops.lock(tx, coopId);
    const account = await this.accounts.lockOrAddPerson(tx, newId(), seen.email, displayName);
    const now = await tx.now();
    const invitation = await this.invitations.byId(tx, coopId, id);
    if (invitation === null || !isOpen(invitation, now)) return new TokenRefused();
    if (account.passwordHash !== checkedHash) return new InputRefused('password', NOT_YOURS);
    if (account.passwordHash === null) await this.accounts.setPassword(tx, account.id, passwordHash);
    await this.memberships.put(tx, { coopId, accountId: account.id, roles: invitation.roles });
    await this.invitations.accept(tx, coopId, id);
    return new InvitationAccepted(coopId, account.id);
  }
}
