import { formatRational, rational } from '@touchmark/money';
import type { AgreementVersionRow } from './agreements.repository.js';
import type { AgreementType } from './agreement.types.js';

/** The agreement as the schema shows it, from its newest version. */
export function agreementView(coopId: string, row: AgreementVersionRow): AgreementType {
  const { terms } = row;
  const weights = terms.parties.reduce((sum, party) => sum + party.weight, 0n);
  return {
    id: row.agreementId,
    name: row.name,
    version: {
      coopId,
      id: row.id,
      version: row.version,
      fee: formatRational(rational(terms.feeWeight, terms.feeWeight + terms.restWeight)),
      active: row.activatedAt !== null,
      parties: terms.parties.map((party, index) => ({
        accountId: party.partyId,
        share: formatRational(rational(party.weight, weights)),
        weight: party.weight.toString(),
        approvedAt: row.approvals[index] ?? null,
      })),
      proposedAt: row.proposedAt,
      activatedAt: row.activatedAt,
    },
  };
}
