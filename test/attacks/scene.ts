// One edition on its chain, and what a thief or a forger might make; keys depend on their labels alone.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  addressOfKey,
  batchCommitment,
  type Bundle,
  bundleText,
  type ChainFacts,
  decideVerdict,
  editionId,
  type Hex,
  includeBatch,
  issueCertificates,
  makeDocument,
  parseBundle,
  signingKey,
  type Trust,
  type Verdict,
} from '@touchmark/certificates';

export const seeded = (label: string): Hex => `0x${createHash('sha256').update(label).digest('hex')}`;
export const ANCHORED_AT = 1_795_000_000;
export const OBJECTION = 600;

export interface Place {
  readonly chainId: number;
  readonly contract: Hex;
  readonly issuer: Hex;
}

export const real: Place = {
  chainId: 31337,
  contract: addressOfKey(seeded('contract')),
  issuer: addressOfKey(seeded('issuer')),
};
export const signer = signingKey(seeded('signer'));
/** Trusts the one contract and the one issuer. */
export const trust: Trust = { ...real, issuers: [{ kind: 'Pinned', issuer: real.issuer }] };

interface Told {
  readonly at?: Place;
  readonly key?: Hex;
  readonly title?: string;
  readonly first?: number;
  readonly count?: number;
  readonly time?: number;
}

/** The certificates of a batch, each with its place in it. */
export function batch(told: Told = {}): Bundle[] {
  const { at = real, key = signer.privateKey, title = 'Harbour at night', first = 1, count = 5 } = told;
  const edition = editionId(at.issuer, seeded('work'), seeded('run'));
  const certificates = Array.from({ length: count }, (_, place) => ({
    home: at,
    token: { issuer: at.issuer, edition, serial: first + place },
    document: makeDocument([{ path: 'what.title', salt: seeded(`salt ${String(place)}`), value: title }]),
    claimKey: addressOfKey(seeded(`claim ${String(first + place)}`)),
  }));
  const issued = issueCertificates(certificates, signingKey(key));
  return includeBatch(issued, { firstSerial: first, time: told.time ?? ANCHORED_AT, cosignUntil: 0 });
}

/** One of them by its number in the batch. */
export function at(bundles: readonly Bundle[], place: number): Bundle {
  const bundle = bundles[place];
  if (bundle === undefined) throw new Error(`there is no certificate at ${String(place)}`);
  return bundle;
}

/** What the real contract stores after it took that batch of five. */
export function stored(bundle: Bundle | null, more: Partial<ChainFacts> = {}): ChainFacts {
  return {
    ...{ blockNumber: 90, blockHash: seeded('block'), blockTime: ANCHORED_AT + OBJECTION, finality: 'final' },
    issuer: { domain: 'harbour.example', publisher: real.issuer },
    signer: { validFrom: ANCHORED_AT - 5000, retiredAt: 0 },
    edition: {
      ...{ size: 50, anchored: 5, anchorUntil: ANCHORED_AT + 90_000 },
      ...{ objectionSeconds: OBJECTION, closed: false },
    },
    batchCommitment: bundle?.inclusion ? batchCommitment(bundle.inclusion) : null,
    ...{ status: 0, replacement: null, holder: null, missing: null },
    ...more,
  };
}

/** What anybody is told of a bundle, by its text. */
export function judge(bundle: Bundle | string, facts: ChainFacts | string, whom: Trust = trust): Verdict {
  const text = typeof bundle === 'string' ? bundle : bundleText(bundle);
  const chainFacts = typeof facts === 'string' ? { unavailable: facts } : facts;
  return decideVerdict({ bundle: parseBundle(text), chainFacts, trust: whom });
}

/** A file that was handed out once. */
export function handedOut(name: string): string {
  return readFileSync(new URL(`../../libs/certificates/fixtures/${name}`, import.meta.url), 'utf8').trimEnd();
}
