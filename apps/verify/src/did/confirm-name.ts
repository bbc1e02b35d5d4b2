import {
  type ChainFacts,
  type Hex,
  type Home,
  namesIssuer,
  type TrustedIssuer,
} from '@touchmark/certificates';
import type { NameReport } from '../report.js';
import { type DidFetch, fetchDid } from './fetch-did.js';

/** The certificate whose issuer's name is asked about. */
export interface NamedPiece extends Home {
  readonly issuer: Hex;
  /** When it was anchored, in seconds; null when it was not. */
  readonly anchoredAt: number | null;
}

/** An issuer that may be trusted for its name, and what is said about it. */
export interface ConfirmedName {
  readonly issuers: readonly TrustedIssuer[];
  readonly name: NameReport;
}

/**
 * Checks a name both ways: the domain that the issuer states on chain is asked for its did.json, which must name this
 * issuer at this home. What cannot be read confirms nothing, and disproves nothing.
 */
export async function confirmName(
  piece: NamedPiece,
  facts: ChainFacts,
  how: DidFetch,
): Promise<ConfirmedName> {
  const { domain } = facts.issuer;
  if (domain === '') {
    const message = 'The issuer states no domain on chain, so no name could be confirmed.';
    return { issuers: [], name: { kind: 'NotAsked', message } };
  }
  const did = await fetchDid(domain, how);
  if (did.kind === 'DidRefused')
    return { issuers: [], name: { kind: 'NotConfirmed', domain, message: did.message } };
  if (!namesIssuer(did, piece, piece.issuer, piece.anchoredAt ?? facts.blockTime)) {
    const message = `The did.json of ${domain} does not name the issuer ${piece.issuer} at this chain and contract.`;
    return { issuers: [], name: { kind: 'NotConfirmed', domain, message } };
  }
  return {
    issuers: [{ kind: 'DomainBound', issuer: piece.issuer, domain }],
    name: { kind: 'Confirmed', domain, message: `The did.json of ${domain} names the issuer.` },
  };
}
