import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  allFinal,
  brokenProofs,
  certificatesOf,
  startPublisher,
  verified,
} from '../../support/builders/certificates.js';
import { outbox, readyIssuer, stored } from '../../support/builders/chain.js';
import { aCoop, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { START, passUnit, unitsOf } from '../../support/builders/production.js';
import { createOwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly key?: { readonly id: string; readonly address: string };
}
interface Key {
  readonly purpose: string;
  readonly address: string;
  readonly validFrom: string | null;
  readonly retiringAt: string | null;
  readonly retiredAt: string | null;
  readonly words: string | null;
}

describe('the keys of an issuer', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: Awaited<ReturnType<typeof aMadeRun>>;
  let issuer: `0x${string}`;
  const stops: (() => Promise<unknown>)[] = [];
  const nextKey = generatePrivateKey();
  const next = privateKeyToAccount(nextKey).address.toLowerCase() as `0x${string}`;
  const first = (): string => app.chain.accounts.signer.address.toLowerCase();

  const rotate = async (changes: object = {}): Promise<Answer> =>
    (
      await app.gql<{ rotateSigner: Answer }>(
        `mutation ($input: RotateSignerInput!) { rotateSigner(input: $input) { __typename
          ... on Refusal { message } ... on SignerRotated { key { id address } } } }`,
        { input: { coopId: coop.coopId, requestId: randomUUID(), ...changes } },
        coop.admin,
      )
    ).rotateSigner;
  const retire = async (address: string, changes: object = {}): Promise<Answer> =>
    (
      await app.gql<{ retireSigner: Answer }>(
        `mutation ($input: RetireSignerInput!) { retireSigner(input: $input) { __typename
          ... on Refusal { message } ... on SignerRetired { key { id address } } } }`,
        {
          input: {
            ...{ coopId: coop.coopId, address, words: 'Its year is over.', atOnce: false },
            ...{ requestId: randomUUID(), ...changes },
          },
        },
        coop.admin,
      )
    ).retireSigner;
  const keys = async (): Promise<Key[]> => {
    const { keysOfIssuer } = await app.gql<{ keysOfIssuer: { edges: { node: Key }[] } }>(
      `query ($coopId: ID!) { keysOfIssuer(coopId: $coopId) { edges { node {
        purpose address validFrom retiringAt retiredAt words } } } }`,
      { coopId: coop.coopId },
    );
    return keysOfIssuer.edges.map(({ node }) => node);
  };
  /** Making the pieces takes longer than a token lives. */
  const signedInAgain = async (): Promise<TestCoop> => ({
    ...coop,
    admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) },
  });
  /** Passes some of the pieces, and waits for their certificates. */
  const pass = async (from: number, to: number): Promise<void> => {
    const token = await signedIn(app, run.operator.email);
    const units = (await unitsOf(app, run.runId)).slice(from, to);
    for (const unit of units) await passUnit(app, { token }, run.coopId, unit.id);
    await until(
      `${String(to)} certificates`,
      async () => (await certificatesOf(app, run.editionId)).length === to,
    );
  };
  const signs = (address: string): Promise<unknown> =>
    until(
      `${address} to sign`,
      async () =>
        (
          await app.database.query('select 1 from issuer where coop_id = $1 and signer = $2', [
            coop.coopId,
            address,
          ])
        ).length === 1,
    );

  beforeAll(async () => {
    const chain = await createOwnChain();
    stops.push(() => chain.close());
    // A second apart, as on other chains; here many blocks are made in one.
    await chain.rpc('anvil_setBlockTimestampInterval', [1]);
    app = await startTestApp({ chain });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    run = await aMadeRun(app, coop, [3]);
    await app.nest.get(JobRunner).start();
    issuer = await readyIssuer(app, coop.coopId);
    coop = await signedInAgain();
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('are told to everybody, with the time since when each counts', async () => {
    const [signer, publisher] = await keys();
    const [validFrom] = await stored(app.chain, 'signerOf', [issuer, first()]);
    expect(signer).toMatchObject({
      ...{ purpose: 'SIGNER', address: first(), retiredAt: null },
      validFrom: new Date(Number(validFrom) * 1000).toISOString(),
    });
    expect(publisher).toMatchObject({
      purpose: 'PUBLISHER',
      address: app.chain.accounts.publisher.address.toLowerCase(),
    });
  });

  it('change to none that was not put in place, and are not retired while they sign', async () => {
    expect((await rotate()).__typename).toBe('NoNextSigner');
    expect((await retire(first())).message).toContain('signs now');
    expect((await retire(next)).__typename).toBe('NotFound');
    expect((await retire(first(), { words: '' })).__typename).toBe('InputRefused');
  });

  it('change by one rotation when ten ask at once; the new key signs once that is final', async () => {
    await pass(0, 2);
    const file = join(app.chain.keysDir, 'signer.next.key');
    writeFileSync(file, nextKey);
    stops.push(async () => {
      await rm(file, { force: true });
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => rotate()));
    expect(answers.map((answer) => answer.__typename).sort()).toEqual([
      ...Array<string>(9).fill('NoNextSigner'),
      'SignerRotated',
    ]);
    await signs(next);
    const [validFrom] = await stored(app.chain, 'signerOf', [issuer, next]);
    expect(Number(validFrom)).toBeGreaterThan(0);
    expect((await keys()).map(({ address }) => address)).toContain(next);
  });

  it('are never named twice', async () => {
    expect((await rotate()).message).toContain('was named before');
  });

  it('sign what passes from then on, and what passed before is as it was', async () => {
    await pass(2, 3);
    const rows = await app.database.query('select signer from certificate order by serial');
    expect(rows).toEqual([{ signer: first() }, { signer: first() }, { signer: next }]);
  });

  it('retire only after what they signed is anchored for good, which then stands', async () => {
    const requestId = randomUUID();
    const asked = await retire(first(), { requestId });
    expect(asked).toMatchObject({ __typename: 'SignerRetired', key: { address: first() } });
    expect(await retire(first(), { requestId })).toEqual(asked);
    expect((await retire(first())).__typename).toBe('SignerNotRetirable');
    await until('the retirement to wait', async () =>
      (await outbox(app, coop.coopId)).some(
        ({ purpose, error }) => purpose === 'retire_signer' && error !== null,
      ),
    );
    expect((await stored(app.chain, 'signerOf', [issuer, first()]))[1]).toBe(0n);
    // All within one second, in which the key must not be retired.
    await app.chain.rpc('anvil_setBlockTimestampInterval', [0]);
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    const anchoredBy = await until('the batch to be anchored for good', async () => {
      const [row] = await app.database.query<{ now: string }>(
        `select clock_timestamp()::text as now from chain_call where purpose = 'anchor' and state = 'final'`,
      );
      return row?.now ?? null;
    });
    const waitsAfter = (moment: string): Promise<string> =>
      until('the retirement to wait on', async () => {
        const [row] = await app.database.query<{ at: string }>(
          `select touched_at::text as at from chain_call where purpose = 'retire_signer' and state = 'queued'
            and error is not null and touched_at > $1::timestamptz`,
          [moment],
        );
        return row?.at ?? null;
      });
    // Twice, since the first look may have begun before that.
    await waitsAfter(await waitsAfter(anchoredBy));
    expect((await stored(app.chain, 'signerOf', [issuer, first()]))[1]).toBe(0n);
    await app.chain.rpc('anvil_setBlockTimestampInterval', [1]);
    await allFinal(app, coop.coopId);
    const retiredAt = (await stored(app.chain, 'signerOf', [issuer, first()]))[1];
    expect(Number(retiredAt)).toBeGreaterThan(0);
    expect((await keys()).find(({ address }) => address === first())).toMatchObject({
      retiredAt: new Date(Number(retiredAt) * 1000).toISOString(),
      words: 'Its year is over.',
    });
    for (const { id } of await certificatesOf(app, run.editionId))
      await until(
        'it to be genuine',
        async () => (await verified(app, { certificateId: id })).word === 'GENUINE',
      );
    expect(await brokenProofs(app)).toEqual({});
  });
});
