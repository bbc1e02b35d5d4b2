// A thousand bundles, good and bad, by a seed: each certificate is made anew or was handed out once, then perhaps changed in
// its bytes, its structure, its signature or its proof, and put before a chain that agrees or not.
import { readFileSync } from 'node:fs';
import {
  addressOfKey,
  batchCommitment,
  type Bundle,
  bundleText,
  type ChainFacts,
  deriveCertificate,
  editionId,
  eventPath,
  type Hex,
  includeBatch,
  issueCertificates,
  type JsonValue,
  makeDocument,
  signingKey,
  type Trust,
  type TrustRoot,
  trustOf,
  withHistoryHead,
  withhold,
} from '@touchmark/certificates';

export interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly trust: Trust;
  /** Null: the chain cannot be read, unless the bundle proves what it stores under a trust root. */
  readonly facts: ChainFacts | null;
  readonly root: TrustRoot | null;
}

/** Numbers that depend on the seed alone (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}
type Dice = (sides: number) => number;

const fixture = (name: string): string =>
  readFileSync(new URL(`../../libs/certificates/fixtures/${name}.json`, import.meta.url), 'utf8').trimEnd();
const ROOTS = {
  first: JSON.parse(fixture('trust-root')) as TrustRoot,
  history: JSON.parse(fixture('history-trust-root')) as TrustRoot,
};
const HANDED_OUT = [
  ...['anchored', 'unanchored', 'genuine-proven', 'replaced-proven', 'withdrawn-proven'].map((name) => ({
    text: fixture(name),
    root: ROOTS.first,
  })),
  ...['history-anchored', 'history-proven', 'history-withheld-proven'].map((name) => ({
    text: fixture(name),
    root: ROOTS.history,
  })),
];

const hexOf = (roll: Dice, bytes: number): Hex =>
  `0x${Array.from({ length: bytes * 2 }, () => roll(16).toString(16)).join('')}`;
const one = <Item>(roll: Dice, items: readonly Item[]): Item => {
  const item = items[roll(items.length)];
  if (item === undefined) throw new Error('chosen from nothing');
  return item;
};

const TEXTS = [
  '',
  'Harbour',
  'Zürich "9"\\',
  'line\nend\t\u0001\u007f',
  '紙',
  '🖨️ ink',
  '\u{10ffff}\ue000',
  '</script>',
];

function anyValue(roll: Dice, depth = 0): JsonValue {
  switch (roll(depth > 2 ? 4 : 6)) {
    case 0:
      return one(roll, TEXTS);
    case 1:
      return one(roll, [0, -1, 50, 2 ** 53 - 1, -(2 ** 53 - 1), roll(1e9)]);
    case 2:
      return roll(2) === 0;
    case 3:
      return null;
    case 4:
      return Array.from({ length: roll(3) }, () => anyValue(roll, depth + 1));
    default:
      return Object.fromEntries(
        Array.from({ length: roll(4) }, () => [one(roll, TEXTS), anyValue(roll, depth + 1)]),
      );
  }
}

interface Made {
  readonly bundle: Bundle;
  readonly facts: ChainFacts;
  readonly trust: Trust;
}

/** A batch of up to nine, of which one certificate is taken. */
function make(roll: Dice): Made {
  const key = signingKey(hexOf(roll, 32));
  const issuer = addressOfKey(hexOf(roll, 32));
  const home = { chainId: one(roll, [1, 8453, 31337]), contract: addressOfKey(hexOf(roll, 32)) };
  const edition = editionId(issuer, hexOf(roll, 32), hexOf(roll, 32));
  const [count, firstSerial, time] = [1 + roll(9), 1 + roll(40), 1_795_000_000 + roll(1000)];
  const issued = issueCertificates(
    Array.from({ length: count }, (_, place) => ({
      home,
      token: { issuer, edition, serial: firstSerial + place },
      document: documentOf(roll),
      claimKey: addressOfKey(hexOf(roll, 32)),
    })),
    key,
  );
  const taken = roll(count);
  const cosignUntil = roll(2) * (time + 500);
  const anchored = includeBatch(issued, { firstSerial, time, cosignUntil })[taken];
  if (!anchored?.inclusion) throw new Error('no such certificate');
  const document = withhold(
    anchored.document,
    anchored.document.map(({ path }) => path).filter(() => roll(5) === 0),
  );
  const facts: ChainFacts = {
    ...{ blockNumber: 90, blockHash: hexOf(roll, 32), blockTime: time + 600, finality: 'final' },
    issuer: { domain: 'harbour.example', publisher: issuer },
    signer: { validFrom: time - 500, retiredAt: 0 },
    edition: {
      ...{ size: 60, anchored: firstSerial + count - 1, anchorUntil: time + 9000 },
      ...{ objectionSeconds: 600, closed: false },
    },
    batchCommitment: batchCommitment(anchored.inclusion),
    ...{ status: 0, replacement: null, holder: null, missing: null },
  };
  return {
    bundle: { ...anchored, document },
    facts,
    trust: { ...home, issuers: [{ kind: 'Pinned', issuer }] },
  };
}

function documentOf(roll: Dice): ReturnType<typeof makeDocument> {
  const events = Array.from({ length: roll(5) }, (_, place) => eventPath(place + 1));
  const paths = ['what.serial', 'who.coop', 'ä', '\ue000', '\u{10000}', 'who.makers.01'].filter(
    () => roll(3) > 0,
  );
  const fields = ['what', ...events, ...paths].map((path) => ({
    path,
    salt: hexOf(roll, 32),
    value: anyValue(roll),
  }));
  return makeDocument(roll(3) === 0 ? fields : withHistoryHead(fields, hexOf(roll, 32)));
}

/** What the chain stores instead: one thing, or nothing, differs from what makes the certificate genuine. */
function otherFacts(roll: Dice, { facts, bundle }: Made): ChainFacts | null {
  const time = bundle.inclusion?.time ?? 0;
  const { leaf } = deriveCertificate(bundle);
  const edition = facts.edition && { ...facts.edition };
  const changes: (Partial<ChainFacts> | null)[] = [
    {},
    {},
    null,
    { finality: 'latest' },
    { blockTime: time + roll(1200) },
    { blockTime: time - 1, batchCommitment: null },
    { batchCommitment: null, finality: one(roll, ['final', 'latest']) },
    { batchCommitment: hexOf(roll, 32) },
    { signer: null },
    { signer: { validFrom: time - 1 + roll(3), retiredAt: 0 } },
    { signer: { validFrom: 1, retiredAt: time - 1 + roll(3) } },
    { status: 2 + roll(14) },
    { status: 1, replacement: hexOf(roll, 32) },
    { status: 1 + roll(2), replacement: leaf, batchCommitment: null },
    { status: 0, replacement: leaf, batchCommitment: null },
    { edition: null, finality: one(roll, ['final', 'latest']) },
    { edition: edition && { ...edition, size: bundle.serial - roll(2) } },
    {
      edition: edition && { ...edition, anchored: bundle.serial - roll(2) },
      finality: one(roll, ['final', 'latest']),
    },
    { holder: hexOf(roll, 20), missing: { reportedAt: 5 } },
    { issuer: { domain: 'other.example', publisher: bundle.issuer } },
  ];
  const [first, second] = [one(roll, changes), roll(4) === 0 ? one(roll, changes) : {}];
  return first === null || second === null ? null : { ...facts, ...first, ...second };
}

function otherTrust(roll: Dice, trust: Trust, { issuer }: Bundle): Trust {
  switch (roll(10)) {
    case 0:
      return { ...trust, chainId: trust.chainId + 1 };
    case 1:
      return { ...trust, contract: issuer };
    case 2:
      return { ...trust, issuers: [] };
    case 3:
      return {
        ...trust,
        issuers: [{ kind: 'DomainBound', issuer, domain: one(roll, ['HARBOUR.example', 'x.example', '']) }],
      };
    case 4:
      return { ...trust, issuers: [{ kind: 'Pinned', issuer: trust.contract }] };
    default:
      return trust;
  }
}

type Json = Record<string, unknown>;
const SECP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The other signature that the same key could have made: s on the other side of the order. */
function twin(signature: string): string {
  const s = SECP_ORDER - BigInt(`0x${signature.slice(66, 130)}`);
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${signature.endsWith('1b') ? '1c' : '1b'}`;
}

/** Every container inside a value, with itself. */
function inside(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(inside)];
}

const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    '',
    'x',
    0,
    -1,
    1.5,
    2 ** 53,
    1e300,
    4294967296,
    [],
    {},
    '0x',
    `0x${'00'.repeat(20)}`,
    '00',
    '18446744073709551616',
  ],
];

const CHANGES: Record<string, (roll: Dice, text: string) => string | Uint8Array> = {
  unchanged: (_, text) => text,
  'a bit': (roll, text) => {
    const bytes = new TextEncoder().encode(text);
    const place = roll(bytes.length);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << roll(8));
    return bytes;
  },
  'cut off': (roll, text) => text.slice(0, roll(text.length)),
  'a hex digit': (roll, text) => {
    const places = [...text.matchAll(/(?<=0x[0-9a-f]*)[0-9a-f]/g)].map(({ index }) => index);
    const place = one(roll, places);
    return `${text.slice(0, place)}${roll(16).toString(16)}${text.slice(place + 1)}`;
  },
  spaces: (_, text) => text.replace(',', ', '),
  'a line at its end': (_, text) => `${text}\n`,
  'a mark at its start': (_, text) => `\ufeff${text}`,
  'a doubled key': (_, text) => text.replace('{', '{"chainId":1,'),
  'upper case': (_, text) => text.replace(/0x[0-9a-f]{40}/, (found) => `0x${found.slice(2).toUpperCase()}`),
  'an escaped letter': (_, text) => text.replace('what', '\\u0077hat'),
  'a fraction': (_, text) => text.replace(/"serial":(\d+)/, '"serial":$1.0'),
  'another order': (_, text) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as Json).reverse())),
  'another value': (roll, text) =>
    structure(text, (bundle) => {
      const container = one(
        roll,
        inside(bundle).filter((found) => Object.keys(found).length > 0),
      ) as Json;
      container[one(roll, Object.keys(container))] = one(roll, ODD);
    }),
  'a key less': (roll, text) =>
    structure(text, (bundle) => {
      const container = one(
        roll,
        inside(bundle).filter((found) => !Array.isArray(found)),
      ) as Json;
      const key = Object.keys(container)[0];
      if (key !== undefined) Reflect.deleteProperty(container, key);
    }),
  'a key more': (roll, text) =>
    structure(text, (bundle) => {
      (
        one(
          roll,
          inside(bundle).filter((found) => !Array.isArray(found)),
        ) as Json
      )['more'] = 1;
    }),
  'a later format': (_, text) => text.replace('certificate/1', 'certificate/2'),
  'high s': (_, text) =>
    structure(text, (bundle) => {
      bundle['signature'] = twin(String(bundle['signature']));
    }),
  'another place': (roll, text) =>
    structure(text, ({ inclusion }) => {
      const place = inclusion as Json | null;
      if (place === null) return;
      const key = one(roll, ['index', 'count', 'firstSerial', 'time', 'cosignUntil']);
      place[key] = Number(place[key]) + one(roll, [1, -1]);
    }),
  'a shorter path': (_, text) =>
    structure(text, ({ inclusion }) => {
      (inclusion as { path?: unknown[] } | null)?.path?.pop();
    }),
  'a field less': (roll, text) =>
    structure(text, ({ document }) => {
      (document as unknown[]).splice(roll((document as unknown[]).length), 1);
    }),
  'fields in another order': (_, text) =>
    structure(text, ({ document }) => {
      (document as unknown[]).reverse();
    }),
  'a node less': (roll, text) => nodes(text, (all) => all.splice(roll(all.length), 1)),
  'a node twice': (roll, text) => nodes(text, (all) => all.push(one(roll, all))),
  'nodes in another order': (_, text) => nodes(text, (all) => all.reverse()),
  'no proof': (_, text) =>
    structure(text, (bundle) => {
      bundle['proof'] = null;
    }),
  'another serial': (_, text) =>
    structure(text, (bundle) => {
      bundle['serial'] = Number(bundle['serial']) + 1;
    }),
};

/** Changes a bundle and writes it canonically again. */
function structure(text: string, change: (bundle: Json) => void): string {
  const bundle = JSON.parse(text) as Json;
  change(bundle);
  return sorted(bundle);
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(',')}}`;
}

function nodes(text: string, change: (all: unknown[]) => unknown): string {
  return structure(text, ({ proof }) => {
    if (proof !== null) change((proof as { nodes: unknown[] }).nodes);
  });
}

/** The cases of a seed; a third of them is unchanged, so that all words are met. */
export function casesOf(seed: number, count: number): Case[] {
  const roll = dice(seed);
  const names = Object.keys(CHANGES);
  return Array.from({ length: count }, () => {
    const name = roll(3) === 0 ? 'unchanged' : one(roll, names);
    const change = CHANGES[name];
    if (change === undefined) throw new Error(`no change is called ${name}`);
    const encode = (text: string): Uint8Array => {
      const changed = change(roll, text);
      return typeof changed === 'string' ? new TextEncoder().encode(changed) : changed;
    };
    if (roll(2) === 0) {
      const { text, root } = one(roll, HANDED_OUT);
      const offline = roll(6) === 0 ? { ...root, blockHash: hexOf(roll, 32) } : root;
      const trust = roll(6) === 0 ? { ...trustOf(root), issuers: [] } : trustOf(root);
      return { name, bytes: encode(text), trust, facts: null, root: offline };
    }
    const made = make(roll);
    const bundle = roll(6) === 0 ? { ...made.bundle, inclusion: null } : made.bundle;
    const trust = otherTrust(roll, made.trust, made.bundle);
    return { name, bytes: encode(bundleText(bundle)), trust, facts: otherFacts(roll, made), root: null };
  });
}
