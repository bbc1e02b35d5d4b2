import { questionOf } from '../bundle.js';
import { type Hex, sameHex } from '../hex.js';
import type { Home } from '../typed-data.js';
import type { CertificateRead } from '../verdict/verdict.types.js';
import { readFacts } from './read-facts.js';
import type { ChainNodePort, FactsRead, FactsUnread } from './reading.types.js';

/**
 * Reads the facts of a certificate at the home that is trusted. One that is in no batch is read at the newest
 * block; but when it stands there as a replacement, at the final one, where it may be proof.
 */
export async function readCertificate(
  nodes: readonly ChainNodePort[],
  read: CertificateRead,
  home: Home & { readonly codeHash: Hex | null },
): Promise<FactsRead | FactsUnread> {
  const { bundle, derived } = read;
  const provenBlock = read.kind === 'BundleRead' ? read.provenBlock : null;
  const readAt = (anchoredAt: number | null): Promise<FactsRead | FactsUnread> =>
    readFacts(nodes, { ...home, ...questionOf(bundle), anchoredAt, provenBlock });
  if (bundle.inclusion !== null) return readAt(bundle.inclusion.time);
  const newest = await readAt(null);
  if (!stands(newest, derived.leaf)) return newest;
  const final = await readAt(0);
  return stands(final, derived.leaf) ? final : newest;
}

function stands(read: FactsRead | FactsUnread, leaf: Hex): boolean {
  const { replacement } = read.kind === 'FactsRead' ? read.facts : { replacement: null };
  return replacement !== null && sameHex(replacement, leaf);
}
