import { createCipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tagKeysOf, tapMac } from '@touchmark/taps';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import type { TestApp } from '../app.js';
import type { Caller } from '../graphql-client.js';
import { until } from '../until.js';
import { aMadeRun, certificatesOf, passAll } from './certificates.js';
import { type TestCoop, type TestMember, signedIn } from './membership.js';
import { START, type TestRun } from './production.js';

/** The code in the link that a tag writes when it is read. */
export interface TapCode {
  readonly picc: string;
  readonly mac: string;
}

// What a tag says first of itself: that its uid and its counter follow.
const UID_AND_COUNTER = 0xc7;

/** A tag as it was programmed with the keys of its co-op: it only ever counts up. */
export class TestTag {
  private readonly keys;

  constructor(
    app: Pick<TestApp, 'chain'>,
    coopId: string,
    readonly uid = `04${randomBytes(6).toString('hex')}`,
  ) {
    const root = readFileSync(join(app.chain.keysDir, 'tags.key'), 'utf8').trim().slice(2);
    const issuerKey = createHmac('sha256', Buffer.from(root, 'hex')).update(`tags:${coopId}`).digest();
    this.keys = tagKeysOf(new Uint8Array(issuerKey.subarray(0, 16)), this.uid, 1);
  }

  /** What it writes at its so many-th reading. */
  code(counter: number): TapCode {
    const said = Buffer.concat([
      Buffer.from(this.uid, 'hex'),
      Buffer.from([counter & 0xff, (counter >> 8) & 0xff, counter >> 16]),
      randomBytes(5),
    ]);
    return {
      picc: this.encrypted(UID_AND_COUNTER, said),
      mac: tapMac(this.keys.k2, { uid: this.uid, counter }),
    };
  }

  /** A code that somebody made up: of the form of one, and no uid in it. One of 256 that are drawn blindly would name one. */
  madeUp(): TapCode {
    return {
      picc: this.encrypted(UID_AND_COUNTER - 1, randomBytes(15)),
      mac: randomBytes(8).toString('hex'),
    };
  }

  private encrypted(first: number, rest: Buffer): string {
    const cipher = createCipheriv('aes-128-cbc', this.keys.k1, Buffer.alloc(16)).setAutoPadding(false);
    const plain = Buffer.concat([Buffer.from([first]), rest]);
    return Buffer.concat([cipher.update(plain), cipher.final()])
      .toString('hex')
      .toUpperCase();
  }
}

export const aSession = (): string => randomBytes(16).toString('base64url');

/** Pieces with certificates, whose number is printed on them. */
export interface TestPieces {
  readonly run: TestRun;
  readonly gtin: string;
  readonly operator: TestMember;
}

/** Makes and certifies so many pieces; the clock stands still then. */
export async function certifiedPieces(app: TestApp, coop: TestCoop, count: number): Promise<TestPieces> {
  await app.clock.freeze(START);
  const run = await aMadeRun(app, coop, [count]);
  await app.nest.get(JobRunner).start();
  await passAll(app, run);
  await until(
    'the certificates',
    async () => (await certificatesOf(app, run.editionId)).length === count,
    30_000,
  );
  const [edition] = await app.database.query<{ gtin: string }>('select gtin from edition where id = $1', [
    run.editionId,
  ]);
  // Making the pieces took longer than a sign-in lasts.
  const operator = { ...run.operator, token: await signedIn(app, run.operator.email) };
  return { run, gtin: edition?.gtin ?? '', operator };
}

export interface TagAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly tag?: {
    readonly id: string;
    readonly uid: string;
    readonly serial: number;
    readonly lastCounter: number;
  };
}

const TAG = 'tag { id uid serial keyVersion lastCounter registeredAt retiredAt retiredWhy }';

/** Binds a tag to a piece, as an operator does. */
export async function registered(
  app: Pick<TestApp, 'gql'>,
  caller: Caller,
  input: { coopId: string; gtin: string; serial: number; uid: string; requestId?: string },
): Promise<TagAnswer> {
  const { registerTag } = await app.gql<{ registerTag: TagAnswer }>(
    `mutation ($input: RegisterTagInput!) { registerTag(input: $input) { __typename
      ... on TagRegistered { ${TAG} } ... on Refusal { message } ... on InputRefused { field } } }`,
    { input: { requestId: randomUUID(), ...input } },
    caller,
  );
  return registerTag;
}

export async function retired(
  app: Pick<TestApp, 'gql'>,
  caller: Caller,
  input: { coopId: string; tagId: string; words?: string },
): Promise<TagAnswer> {
  const { retireTag } = await app.gql<{ retireTag: TagAnswer }>(
    `mutation ($input: RetireTagInput!) { retireTag(input: $input) { __typename
      ... on TagRetired { ${TAG} } ... on Refusal { message } } }`,
    { input: { requestId: randomUUID(), words: 'It came off.', ...input } },
    caller,
  );
  return retireTag;
}

export interface TapAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly tap?: { readonly state: string; readonly words: string; readonly shownAt: string | null };
}

/** Presents a code as a page does when somebody asks for it. */
export async function presented(
  app: Pick<TestApp, 'gql'>,
  piece: { readonly gtin: string; readonly serial: number },
  code: TapCode,
  session = aSession(),
): Promise<TapAnswer> {
  const { presentTap } = await app.gql<{ presentTap: TapAnswer }>(
    `mutation ($input: PresentTapInput!) { presentTap(input: $input) { __typename
      ... on TapPresented { tap { state words shownAt } } ... on Refusal { message } } }`,
    { input: { ...piece, ...code, session } },
  );
  return presentTap;
}

/** Only what a presented code was worth. */
export const stateOf = async (...args: Parameters<typeof presented>): Promise<string | undefined> =>
  (await presented(...args)).tap?.state;
