import { Inject, Injectable } from '@nestjs/common';
import { formatRational, rational } from '@touchmark/money';
import { waterfallTargets } from '@touchmark/splits';
import { Database } from '../../platform/database/index.js';
import { connectionOf, type Connection, type PageRequest } from '../../platform/graphql/index.js';
import { AgreementsRepository, type AgreementVersionRow } from '../agreements.repository.js';
import { StatementRepository, type MemberEntry } from './statement.repository.js';
import type { Statement, StatementLine } from './statement.types.js';

/** What one member earned, is to be paid and owes, with lines that recompute it. */
@Injectable()
export class Statements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AgreementsRepository) private readonly agreements: AgreementsRepository,
    @Inject(StatementRepository) private readonly entries: StatementRepository,
  ) {}

  async of(coopId: string, accountId: string, currency: string): Promise<Statement> {
    const balances = await this.entries.balances(this.database, coopId, accountId, currency);
    return {
      coopId,
      accountId,
      currency,
      earnedMinor: -(balances.get('earned') ?? 0n),
      payableMinor: -(balances.get('payable') ?? 0n),
      owedMinor: balances.get('member_receivable') ?? 0n,
    };
  }

  async lines(of: Statement, request: PageRequest): Promise<Connection<StatementLine>> {
    const rows = await this.entries.lines(this.database, of, request.after, request.limit);
    const versionIds = [...new Set(rows.flatMap((row) => row.versionId ?? []))];
    const versions = new Map(
      (await this.agreements.versions(this.database, of.coopId, versionIds)).map((row) => [row.id, row]),
    );
    return connectionOf(
      rows,
      request,
      (row) => [String(row.sequence), String(row.line)],
      (row) => lineOf(row, of.accountId, row.versionId === null ? undefined : versions.get(row.versionId)),
    );
  }
}

function lineOf(
  row: MemberEntry,
  accountId: string,
  version: AgreementVersionRow | undefined,
): StatementLine {
  // What is owed to a member stands negative in the books and positive on a statement; what a member owes, the reverse.
  const amountMinor = -row.amountMinor;
  return { ...row, amountMinor, ...arithmeticOf(row, accountId, version) };
}

function arithmeticOf(row: MemberEntry, accountId: string, version: AgreementVersionRow | undefined) {
  if (version === undefined || row.totalBeforeMinor === null || row.totalAfterMinor === null)
    return { targetBeforeMinor: null, targetAfterMinor: null, share: null, fee: null };
  const { terms } = version;
  const target = (totalMinor: bigint): bigint =>
    waterfallTargets(terms, totalMinor).parties.find((party) => party.partyId === accountId)?.amountMinor ??
    0n;
  const weight = terms.parties.find((party) => party.partyId === accountId)?.weight ?? 0n;
  const weights = terms.parties.reduce((sum, party) => sum + party.weight, 0n);
  return {
    targetBeforeMinor: target(row.totalBeforeMinor),
    targetAfterMinor: target(row.totalAfterMinor),
    share: formatRational(rational(weight, weights)),
    fee: formatRational(rational(terms.feeWeight, terms.feeWeight + terms.restWeight)),
  };
}
