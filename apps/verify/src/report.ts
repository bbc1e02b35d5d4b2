import type { CertificateRead, Hex, NodeHeights, NodeProblem, Verdict } from '@touchmark/certificates';

/** Whether the name that the issuer states on chain was confirmed by the domain itself. */
export type NameReport =
  | { readonly kind: 'NotAsked'; readonly message: string }
  | { readonly kind: 'Confirmed'; readonly domain: string; readonly message: string }
  | { readonly kind: 'NotConfirmed'; readonly domain: string; readonly message: string };

/** Which certificate was judged, as it says itself. */
export interface Subject {
  readonly chainId: number;
  readonly contract: Hex;
  readonly issuer: Hex;
  readonly edition: string;
  readonly serial: number;
  readonly tokenId: bigint;
  /** What of the document is disclosed; its values are the issuer's words. */
  readonly shown: readonly { readonly path: string; readonly value: unknown }[];
}

/** Everything that one run has to say. */
export interface Report {
  readonly verdict: Verdict;
  readonly subject: Subject | null;
  readonly name: NameReport;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
  /** What can be done to learn more. */
  readonly hints: readonly string[];
}

/** The subject of a certificate that could be read; of its document a compact form holds only the hash. */
export function subjectOf(read: CertificateRead): Subject {
  const { chainId, contract, issuer, edition, serial } = read.bundle;
  const document = read.kind === 'BundleRead' ? read.bundle.document : [];
  const shown = document.flatMap((field) =>
    'value' in field ? [{ path: field.path, value: field.value }] : [],
  );
  return { chainId, contract, issuer, edition, serial, tokenId: read.derived.tokenId, shown };
}
