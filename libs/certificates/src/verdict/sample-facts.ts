// What a contract would store of the sample certificates, for the specs of the verdict; not part of the package.
import { type Bundle, bundleText } from '../bundle.js';
import { parseBundle } from '../parse-bundle.js';
import { batchTime, bytesOf, home, issuer, sampleAnchored } from '../sample-certificate.js';
import { batchCommitment } from '../tree.js';
import { decideVerdict } from './decide-verdict.js';
import type { ChainFacts, EditionFacts, Trust, TrustedIssuer, Verdict } from './verdict.types.js';

const { inclusion } = sampleAnchored(2);

/** An edition of 50 with 5 anchored and ten minutes of objection time. */
export const edition: EditionFacts = {
  size: 50,
  anchored: 5,
  anchorUntil: batchTime + 9000,
  objectionSeconds: 600,
  closed: false,
};

/** A final block at the very end of the objection time of the batch of five. */
export const finalFacts: ChainFacts = {
  blockNumber: 90,
  blockHash: bytesOf('block'),
  blockTime: batchTime + 600,
  finality: 'final',
  issuer: { domain: 'harbour.example', publisher: home.contract },
  signer: { validFrom: batchTime - 5000, retiredAt: 0 },
  edition,
  batchCommitment: inclusion && batchCommitment(inclusion),
  status: 0,
  replacement: null,
  holder: null,
  missing: null,
};

export const trusting = (...issuers: TrustedIssuer[]): Trust => ({ ...home, issuers });
export const bound = (domain: string): Trust => trusting({ kind: 'DomainBound', issuer, domain });
export const pinned = trusting({ kind: 'Pinned', issuer });

export type Facts = Partial<ChainFacts>;
export const latest: Facts = { finality: 'latest' };
export const noBatch: Facts = { batchCommitment: null };
export const signer = (validFrom: number, retiredAt: number): Facts => ({ signer: { validFrom, retiredAt } });
export const inEdition = (facts: Partial<EditionFacts>): Facts => ({ edition: { ...edition, ...facts } });

/** The verdict on a bundle where the chain differs from the final facts in some, or cannot be read (a text says why). */
export function judge(bundle: Bundle | null, facts: Facts | string = {}, trust = pinned): Verdict {
  const chainFacts = typeof facts === 'string' ? { unavailable: facts } : { ...finalFacts, ...facts };
  return decideVerdict({ bundle: bundle && parseBundle(bundleText(bundle)), chainFacts, trust });
}
