// What certificates cost beside the one signature, and the one recovery, that each of them cannot do without.
import { randomBytes } from 'node:crypto';
import {
  addressOfKey,
  batchCommitment,
  type Bundle,
  bundleText,
  type CertificateToIssue,
  type ChainFacts,
  decideVerdict,
  type Hex,
  HISTORY_HEAD,
  hashFaster,
  includeBatch,
  issueCertificates,
  type JsonValue,
  makeDocument,
  parseBundle,
  signingKey,
  withHistoryHead,
} from '@touchmark/certificates';
import { secp256k1 } from '@noble/curves/secp256k1';

const BATCH = 128;
// Recovering takes five times as long as signing, so fewer of a batch are tried.
const VERIFIED = 32;
const ANCHORED = 1_795_000_000;
const DIGEST = randomBytes(32);
const HOME = { chainId: 31337, contract: addressOfKey(hex(randomBytes(32))) };
const ISSUER = addressOfKey(hex(randomBytes(32)));
const KEY = randomBytes(32);
const SIGNER = signingKey(hex(KEY));

export interface Ratios {
  readonly issue: number;
  readonly verify: number;
  readonly failures: readonly string[];
}

const STORED: ChainFacts = {
  ...{ blockNumber: 90, blockHash: hex(DIGEST), blockTime: ANCHORED + 600, finality: 'final' },
  issuer: { domain: 'harbour.example', publisher: ISSUER },
  signer: { validFrom: ANCHORED - 5000, retiredAt: 0 },
  edition: {
    ...{ size: 1_000_000, anchored: 1_000_000, anchorUntil: ANCHORED + 9000 },
    ...{ objectionSeconds: 600, closed: false },
  },
  ...{ batchCommitment: null, status: 0, replacement: null, holder: null, missing: null },
};

function hex(bytes: Buffer): Hex {
  return `0x${bytes.toString('hex')}`;
}

const printed = (kind: string, text: string, more: object): JsonValue => ({
  ...{ at: '2026-11-20T09:00:00.000Z', kind, station: 'Riso 2', text },
  ...more,
});
const until = '2026-11-20T09:35:00.000Z';

/** What a certificate of the product says of a piece by two makers, made in three operations. */
const valuesOf = (serial: number): [string, JsonValue][] => [
  ['how.events.0001', printed('operation', 'Printing', { operation: 'print', until })],
  ['how.events.0002', printed('operation', 'Cutting', { operation: 'cut', until })],
  ['how.events.0003', printed('operation', 'Binding', { operation: 'bind', until })],
  [
    'how.events.0004',
    printed('photo', 'The second colour', { photo: { sha256: 'a'.repeat(64), type: 'image/webp' } }),
  ],
  ['how.events.0005', printed('quality', 'Inspection passed', { result: 'passed' })],
  ['what.edition.size', 10_000],
  ['what.gtin', '04000000010005'],
  ['what.materials', 'Recycled paper, soy ink'],
  ['what.serial', serial],
  ['what.sku', 'HAN-1'],
  ['what.title', 'Harbour at night'],
  ['when.passed', '2026-11-20T10:00:00.000Z'],
  ['where.stations', ['Riso 2']],
  ['who.coop', 'Night Harbour Print & Bindery'],
  ['who.domain', 'harbour.example'],
  ['who.makers.01', { kind: 'name', name: 'A printer', share: 6_667 }],
  ['who.makers.02', { kind: 'pseudonym', name: 'Maker 3', share: 3_333 }],
];

function certificate(serial: number, claimKey: Hex): CertificateToIssue {
  const values = valuesOf(serial);
  const salts = randomBytes(32 * (values.length + 1)).toString('hex');
  const salt = (place: number): Hex => `0x${salts.slice(64 * place, 64 * place + 64)}`;
  const fields = values.map(([path, value], place) => ({ path, salt: salt(place), value }));
  const document = makeDocument(withHistoryHead(fields, salt(values.length)));
  if (!document.some(({ path }) => path === HISTORY_HEAD)) throw new Error('a document without its history');
  return { home: HOME, token: { issuer: ISSUER, edition: 1n, serial }, document, claimKey };
}

/** Processor time of this thread in milliseconds: what others do on the machine is not counted. */
function spent(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const after = process.threadCpuUsage();
  return (after.user + after.system - before.user - before.system) / 1000;
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Issues and proves so many certificates, batch by batch, and signs and recovers as often in between. */
export function measureSignatures(certificates: number): Ratios {
  hashFaster();
  const claimKeys = Array.from({ length: BATCH }, () => addressOfKey(hex(randomBytes(32))));
  const digest = Buffer.from(DIGEST);
  const signed: ReturnType<typeof secp256k1.sign>[] = [];
  const failures: string[] = [];
  const ratios = { issue: [] as number[], verify: [] as number[] };
  for (let first = 1; first <= certificates; first += BATCH) {
    let bundles: Bundle[] = [];
    const issuing = spent(() => {
      const batch = claimKeys.map((claimKey, place) => certificate(first + place, claimKey));
      const place = { firstSerial: first, time: ANCHORED, cosignUntil: 0 };
      bundles = includeBatch(issueCertificates(batch, SIGNER), place);
    });
    const signing = spent(() => {
      for (let turn = 0; turn < BATCH; turn += 1) {
        // Signing one digest again and again would find all that it needs in the nearest cache.
        digest.writeUInt32BE(first + turn);
        signed[turn] = secp256k1.sign(digest, KEY);
      }
    });
    const texts = bundles.slice(0, VERIFIED).map(bundleText);
    const verifying = spent(() => {
      for (const text of texts) failures.push(...problemOf(text));
    });
    const recovering = spent(() => {
      for (const [turn, signature] of signed.slice(0, VERIFIED).entries()) {
        digest.writeUInt32BE(first + turn);
        signature.recoverPublicKey(digest);
      }
    });
    ratios.issue.push(issuing / signing);
    ratios.verify.push(verifying / recovering);
  }
  // The first batches run before the compiler has seen enough.
  const settled = (all: readonly number[]): number => median(all.slice(Math.min(4, all.length - 1)));
  return { issue: settled(ratios.issue), verify: settled(ratios.verify), failures };
}

/** A sound certificate whose state is given, as a reader of a chain or of a proof would give it, is GENUINE. */
function problemOf(text: string): string[] {
  const bundle = parseBundle(text);
  const { inclusion } = bundle.kind === 'BundleRead' ? bundle.bundle : { inclusion: null };
  const trust = { ...HOME, issuers: [{ kind: 'Pinned', issuer: ISSUER } as const] };
  const batch = inclusion && batchCommitment(inclusion);
  const { verdict, axes } = decideVerdict({
    bundle,
    chainFacts: { ...STORED, batchCommitment: batch },
    trust,
  });
  return verdict === 'GENUINE' ? [] : [`${verdict}: ${axes.document.message}`];
}
