import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CHECKS, PUBLISH_BATCH, PublisherModule } from '../../../apps/api/src/certificates/index.js';
import { CHECKS as CHAIN_CHECKS } from '../../../apps/api/src/chain/index.js';
import { loadConfig } from '../../../apps/api/src/platform/config/config.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import type { TestApp } from '../app.js';
import { until } from '../until.js';
import { aMember, signedIn, type TestCoop, type TestMember } from './membership.js';
import { aFloor, aRun, makeUnits, passUnit, unitsOf, type TestRun } from './production.js';

/**
 * The publisher's process, here in the process of the test: with its own keys folder, which holds its key alone. A sale
 * opens only when its issuer stands on chain, but builders open drops by hand: so that is waited for here, since what is
 * anchored before its signer was named proves nothing.
 */
export async function startPublisher(app: TestApp): Promise<INestApplicationContext> {
  if (app.nest.get(JobRunner).running)
    await until('every issuer to stand on chain', async () => {
      const [row] = await app.database.query<{ missing: number }>(
        `select count(*)::int as missing from coop left join issuer on issuer.coop_id = coop.id
          where issuer.ready_at is null`,
      );
      return row?.missing === 0;
    });
  const config = loadConfig({ ...app.env, KEYS_DIR: app.chain.publisherKeysDir });
  const publisher = await NestFactory.createApplicationContext(PublisherModule.with(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  await publisher.get(JobRunner).start([PUBLISH_BATCH]);
  return publisher;
}

/** A run whose pieces are made and wait for their inspection; an operator is at work. */
export async function aMadeRun(
  app: TestApp,
  coop: TestCoop,
  quantities: readonly number[],
  sale: object = {},
): Promise<TestRun & { readonly operator: TestMember }> {
  await aFloor(app, coop);
  const run = await aRun(app, coop, quantities, {}, sale);
  const operator = await aMember(app, coop, ['operator']);
  await makeUnits(app, run, operator.accountId);
  return { ...run, operator };
}

/** Passes every piece of the run in the order in which they were made up; its operator signs in for it. */
export async function passAll(app: TestApp, run: TestRun & { readonly operator: TestMember }): Promise<void> {
  const token = await signedIn(app, run.operator.email);
  for (const unit of await unitsOf(app, run.runId)) await passUnit(app, { token }, run.coopId, unit.id);
}

export interface StoredCertificate {
  readonly id: string;
  readonly serial: number;
  readonly token_id: string;
  readonly digest: string;
  readonly batch_id: string | null;
}

export function certificatesOf(
  app: Pick<TestApp, 'database'>,
  editionId: string,
): Promise<StoredCertificate[]> {
  return app.database.query<StoredCertificate & Record<string, unknown>>(
    'select id, serial, token_id, digest, batch_id from certificate where edition_id = $1 order by serial',
    [editionId],
  );
}

export interface StoredBatch {
  readonly id: string;
  readonly first_serial: number;
  readonly unit_count: number;
  readonly root: `0x${string}`;
  readonly state: string;
  readonly refusal: string | null;
  readonly anchored_at: Date | null;
}

export function batchesOf(app: Pick<TestApp, 'database'>, editionId: string): Promise<StoredBatch[]> {
  return app.database.query<StoredBatch & Record<string, unknown>>(
    `select id, first_serial, unit_count, root, state, refusal, anchored_at from anchor_batch
      where edition_id = $1 order by first_serial`,
    [editionId],
  );
}

/** Waits until every call of the co-op to the chain is final. */
export async function allFinal(app: TestApp, coopId: string): Promise<void> {
  await until('every call to the chain to be final', async () => {
    const [row] = await app.database.query<{ open: number }>(
      `select count(*)::int as open from chain_call where coop_id = $1 and state not in ('final', 'given_up')`,
      [coopId],
    );
    return row?.open === 0;
  });
}

export interface VerdictAnswer {
  readonly word: string;
  readonly axes: readonly { readonly axis: string; readonly finding: string; readonly reasonName: string }[];
  readonly notProven: readonly string[];
  readonly asOf: { readonly finality: string; readonly blockHash: string } | null;
  readonly piece: Readonly<Record<string, unknown>> | null;
  readonly certificateId: string | null;
  readonly retryAfterSeconds: number | null;
}

export const VERIFY = `query ($input: VerifyInput!) { verify(input: $input) { word certificateId retryAfterSeconds notProven proven
  axes { axis finding reasonCode reasonName reason source } asOf { blockNumber blockHash blockTime finality }
  piece { title serial size made coopName coopSlug gtin history { at text } documentRoot digest leaf signer batchRoot
    chainId contract issuer tokenId holder } } }`;

/** Asks for a verdict, signed in as nobody. */
export async function verified(app: Pick<TestApp, 'gql'>, input: object): Promise<VerdictAnswer> {
  return (await app.gql<{ verify: VerdictAnswer }>(VERIFY, { input })).verify;
}

/**
 * Waits for a verdict on what is not anchored yet. It is read at the newest block, and asked in the very moment of the next
 * one the local chain proves it by that one's state, which proves nothing.
 */
export async function untilVerdict(
  app: Pick<TestApp, 'gql'>,
  certificateId: string | undefined,
  word: string,
): Promise<void> {
  let last: VerdictAnswer | null = null;
  await until(word, async () => {
    last = await verified(app, { certificateId });
    return last.word === word;
  }).catch((error: unknown) => {
    throw new Error(`not ${word}: ${JSON.stringify(last)}`, { cause: error });
  });
}

/** The bundle of a certificate as anybody may download it. */
export async function bundleOf(app: Pick<TestApp, 'gql'>, certificateId: string): Promise<string> {
  const { certificateBundle } = await app.gql<{ certificateBundle: string }>(
    'query ($id: ID!) { certificateBundle(certificateId: $id) }',
    { id: certificateId },
  );
  return certificateBundle;
}

/** The invariants of certificates and chain that do not hold right now. */
export async function brokenProofs(app: Pick<TestApp, 'database'>): Promise<Record<string, object[]>> {
  const broken: Record<string, object[]> = {};
  for (const check of [...CHAIN_CHECKS, ...CHECKS]) {
    const violations = await app.database.query(check.violations);
    if (violations.length > 0) broken[check.name] = violations.slice(0, 3);
  }
  return broken;
}
