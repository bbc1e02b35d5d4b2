import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makingOf, parseBundle } from '@touchmark/certificates';
import { CODE_CHECKS } from '../../../apps/api/src/certificates/index.js';
import { IssueCertificate } from '../../../apps/api/src/certificates/issue-certificate/issue-certificate.js';
import { Transactions } from '../../../apps/api/src/platform/database/index.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  allFinal,
  batchesOf,
  bundleOf,
  certificatesOf,
  startPublisher,
  verified,
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
import { anAgreement } from '../../support/builders/payouts.js';
import {
  START,
  aFloor,
  aRun,
  makeUnits,
  passUnit,
  unitsOf,
  type TestRun,
  type TestUnit,
} from '../../support/builders/production.js';
import { createOwnChain } from '../../support/chain.js';
import { until } from '../../support/until.js';

interface Credit {
  readonly printedName: string | null;
  readonly pseudonym: string;
  readonly prints: string;
  readonly certificates: number;
  readonly permanence: string;
}
interface Answer {
  readonly __typename: string;
  readonly message?: string;
  readonly field?: string;
  readonly credit?: Credit;
  readonly certificates?: number;
}

const CREDIT = 'printedName pseudonym prints certificates permanence';
const SET = `mutation ($input: SetCreditInput!) { setCredit(input: $input) { __typename ... on Refusal { message }
  ... on InputRefused { field } ... on CreditSet { credit { ${CREDIT} } } } }`;
const ERASE = `mutation ($input: EraseCreditInput!) { eraseCredit(input: $input) { __typename ... on Refusal { message }
  ... on CreditErased { certificates } } }`;
const CHOSEN = 'Mira of the second press';

describe('the makers on certificates', () => {
  let app: TestApp;
  let coop: TestCoop;
  let printer: TestMember;
  let binder: TestMember;
  let run: TestRun & { readonly operator: TestMember };
  let units: TestUnit[];
  const stops: (() => Promise<unknown>)[] = [];

  const fresh = async (member: TestMember): Promise<{ token: string }> => ({
    token: await signedIn(app, member.email),
  });
  const creditOf = async (member: TestMember): Promise<Credit> =>
    (
      await app.gql<{ myCredit: Credit }>(
        `query ($coopId: ID!) { myCredit(coopId: $coopId) { ${CREDIT} } }`,
        { coopId: coop.coopId },
        await fresh(member),
      )
    ).myCredit;
  const set = async (
    member: TestMember,
    printedName: string | null,
    understood: boolean,
  ): Promise<Answer> => {
    const input = { coopId: coop.coopId, printedName, understood };
    return (await app.gql<{ setCredit: Answer }>(SET, { input }, await fresh(member))).setCredit;
  };
  const erase = async (member: TestMember, by: TestMember): Promise<Answer> => {
    const input = { coopId: coop.coopId, accountId: member.accountId };
    return (await app.gql<{ eraseCredit: Answer }>(ERASE, { input }, await fresh(by))).eraseCredit;
  };
  const pass = async (place: number): Promise<void> => {
    const unit = units[place - 1];
    if (unit === undefined) throw new Error(`Expected unit ${String(place)}.`);
    await passUnit(app, await fresh(run.operator), run.coopId, unit.id);
    await until('its certificate', async () => (await certificatesOf(app, run.editionId)).length >= place);
  };
  const serial = async (number: number): Promise<StoredCertificate> => {
    const found = (await certificatesOf(app, run.editionId)).find((one) => one.serial === number);
    if (found === undefined) throw new Error(`Expected a certificate of No. ${String(number)}.`);
    return found;
  };
  const documentOf = async (number: number) => {
    const read = parseBundle(await bundleOf(app, (await serial(number)).id));
    if (read.kind === 'BundleRefused') throw new Error(read.message);
    return read.bundle.document;
  };
  const makersOf = async (number: number) => makingOf(await documentOf(number)).makers;
  const broken = async (): Promise<object[]> => {
    const found = [];
    for (const check of CODE_CHECKS)
      found.push(...(await check.find((text, values) => app.database.query(text, [...(values ?? [])]))));
    return found;
  };

  beforeAll(async () => {
    const chain = await createOwnChain();
    stops.push(() => chain.close());
    app = await startTestApp({ chain, env: { CHECKS_PER_MINUTE: '10000' } });
    stops.push(() => app.stop());
    await app.clock.freeze(START);
    coop = await aCoop(app);
    printer = await aMember(app, coop);
    binder = await aMember(app, coop);
    const parties = [coop.admin, printer, binder];
    const { versionId } = await anAgreement(app, coop, parties, ['1/3', '1/3', '1/3']);
    await aFloor(app, coop);
    const planned = await aRun(app, coop, [4], { agreementVersionId: versionId });
    run = { ...planned, operator: await aMember(app, coop, ['operator']) };
    await makeUnits(app, run, run.operator.accountId);
    units = await unitsOf(app, run.runId);
    await app.nest.get(JobRunner).start();
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  it('are pseudonyms of the co-op, with the shares of their agreement, as long as nobody chose a name', async () => {
    await pass(1);
    const makers = await makersOf(1);
    expect(makers.map(({ kind, share }) => [kind, share])).toEqual([
      ['pseudonym', 3334],
      ['pseudonym', 3333],
      ['pseudonym', 3333],
    ]);
    expect(new Set(makers.map(({ name }) => name)).size).toBe(3);
    const own = await creditOf(printer);
    expect(own.pseudonym).toMatch(/^Maker \d{4} of Test Co-op$/);
    expect(own).toMatchObject({ printedName: null, prints: makers[1]?.name, certificates: 1 });
    expect(own.permanence).toContain('permanent');
  });

  it('have a name only once they said that they know it is permanent, and only one that can be read', async () => {
    expect(await set(printer, CHOSEN, false)).toMatchObject({
      __typename: 'InputRefused',
      field: 'understood',
      message: expect.stringContaining('permanent'),
    });
    expect(await set(printer, 'a\u202eb', true)).toMatchObject({ field: 'printedName' });
    expect((await creditOf(printer)).printedName).toBeNull();
    const chosen = await set(printer, CHOSEN, true);
    expect(chosen.credit).toMatchObject({ printedName: CHOSEN, prints: CHOSEN, certificates: 1 });
    expect(chosen.credit?.permanence).toContain('permanent');
  });

  it('are printed by their name from the next piece on, and by the same pseudonym on what was made before', async () => {
    const [, before] = await makersOf(1);
    await pass(2);
    const [admin, printed, other] = await makersOf(2);
    expect(printed).toEqual({ name: CHOSEN, kind: 'name', share: 3333 });
    expect([admin, other]).toEqual([(await makersOf(1))[0], (await makersOf(1))[2]]);
    expect((await makersOf(1))[1]).toEqual(before);
    await set(printer, null, false);
    await pass(3);
    expect((await makersOf(3))[1]).toEqual(before);
    await set(printer, CHOSEN, true);
  });

  it('are genuine on chain with a history under its head', async () => {
    const publisher = await startPublisher(app);
    stops.push(() => publisher.close());
    await app.clock.step(120_000);
    await until(
      'the batch to be anchored',
      async () => (await batchesOf(app, run.editionId))[0]?.state === 'anchored',
    );
    await allFinal(app, coop.coopId);
    await until(
      'GENUINE',
      async () => (await verified(app, { gtin: run.gtin, serial: 2 })).word === 'GENUINE',
    );
    const document = await documentOf(2);
    expect(document.some(({ path }) => path === 'how.head')).toBe(true);
    const { events } = makingOf(document);
    expect(document.find(({ path }) => path === 'how.run')).toMatchObject({ value: run.runId });
    expect(events.map(({ kind }) => kind)).toContain('operation');
    expect(events.at(-1)).toMatchObject({ kind: 'quality', result: 'passed' });
    expect(events[0]?.station).toMatch(/ \d$/);
    expect(await broken()).toEqual([]);
  });

  it('stand on a replacement as they are printed by then', async () => {
    const input = {
      ...{ coopId: coop.coopId, certificateId: (await serial(3)).id, requestId: randomUUID() },
      ...{ reason: 'WRONG_DETAILS', words: 'The printer wants to be named.', newClaimKey: false },
    };
    const { replaceCertificate } = await app.gql<{ replaceCertificate: Answer }>(
      `mutation ($input: ReplaceCertificateInput!) { replaceCertificate(input: $input) { __typename } }`,
      { input },
      await fresh(coop.admin),
    );
    expect(replaceCertificate.__typename).toBe('CertificateReplaced');
    await until('the replacement', async () => (await makersOf(3))[1]?.name === CHOSEN);
    await until(
      'GENUINE',
      async () => (await verified(app, { gtin: run.gtin, serial: 3 })).word === 'GENUINE',
    );
  });

  it('are erased by nobody else than themselves or an admin of the co-op', async () => {
    const elsewhere = await aCoop(app);
    for (const stranger of [binder, elsewhere.admin])
      expect((await erase(printer, stranger)).__typename).toBe('NotFound');
    const input = { coopId: elsewhere.coopId, accountId: printer.accountId };
    const { eraseCredit } = await app.gql<{ eraseCredit: Answer }>(ERASE, { input }, await fresh(printer));
    expect(eraseCredit.__typename).toBe('NotFound');
    expect((await makersOf(2))[1]?.name).toBe(CHOSEN);
  });

  it('are gone after an erasure, name, salt and value, and every certificate is as genuine as before', async () => {
    const own = await creditOf(printer);
    const stored = async (number: number) =>
      (
        await app.database.query<Record<string, string>>(
          'select document, document_root, digest, leaf, signature from certificate where id = $1',
          [(await serial(number)).id],
        )
      )[0] ?? {};
    const before = await stored(2);
    const field = (await documentOf(2)).find(({ path }) => path === 'who.makers.02');
    const salt = field !== undefined && 'salt' in field ? field.salt : 'none';
    expect(before['document']).toContain(salt);

    expect(await erase(printer, printer)).toMatchObject({ __typename: 'CreditErased', certificates: 3 });
    await until('the erasure', async () => (await creditOf(printer)).certificates === 0);

    const { document, ...rest } = await stored(2);
    expect({ ...rest }).toEqual({
      ...{ document_root: before['document_root'], digest: before['digest'] },
      ...{ leaf: before['leaf'], signature: before['signature'] },
    });
    const rows = await app.database.query<{ row: string }>(
      `select row_to_json(c)::text as row from certificate c where edition_id = $1
       union all select row_to_json(r)::text from certificate_replacement r
       union all select row_to_json(m)::text from maker_credit m`,
      [run.editionId],
    );
    for (const text of [
      document ?? '',
      ...rows.map(({ row }) => row),
      await bundleOf(app, (await serial(2)).id),
    ])
      expect([CHOSEN, own.pseudonym, salt].filter((word) => text.includes(word))).toEqual([]);
    for (const number of [1, 2, 3]) {
      expect((await verified(app, { gtin: run.gtin, serial: number })).word).toBe('GENUINE');
      expect(makingOf(await documentOf(number))).toMatchObject({ makersWithheld: 1, eventsWithheld: 0 });
      expect(await makersOf(number)).toHaveLength(2);
    }
    expect(await broken()).toEqual([]);
  });

  it('have another pseudonym after an erasure, on the next piece', async () => {
    const renewed = await creditOf(printer);
    expect(renewed.printedName).toBeNull();
    await pass(4);
    const [admin, printed] = await makersOf(4);
    expect(printed).toEqual({ name: renewed.pseudonym, kind: 'pseudonym', share: 3333 });
    expect(admin).toEqual((await makersOf(1))[0]);
    expect(await erase(printer, coop.admin)).toMatchObject({ __typename: 'CreditErased', certificates: 1 });
    await until('the erasure', async () => (await creditOf(printer)).certificates === 0);
    expect(await broken()).toEqual([]);
  });

  it('are never printed by a name that was taken back while the certificate was being written', async () => {
    await set(binder, 'Briefly chosen', true);
    const [unit] = units;
    const issue = app.nest.get(IssueCertificate, { strict: false });
    const written = await issue.write(run.coopId, unit?.id ?? '', null);
    expect(written.document).toContain('Briefly chosen');
    await set(binder, null, false);
    const holding = app.nest.get(Transactions, { strict: false }).run(['Held'], async (tx) => {
      await issue.hold(tx, run.coopId, [written]);
      return { kind: 'Held' };
    });
    await expect(holding).rejects.toThrow('try again');
  });
});
