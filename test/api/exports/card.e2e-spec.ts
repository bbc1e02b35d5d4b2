import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addressOfKey, claimLink, parseClaimLink } from '@touchmark/certificates';
import { CardPrintsRepository } from '../../../apps/api/src/exports/print-card/card-prints.repository.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import {
  aMadeRun,
  certificatesOf,
  passAll,
  type StoredCertificate,
} from '../../support/builders/certificates.js';
import { aCoop, aMember, signedIn, type TestCoop } from '../../support/builders/membership.js';
import { START, type TestRun } from '../../support/builders/production.js';
import { readingOf } from '../../support/query-plan.js';
import { type CardRead, readCard } from '../../support/read-card.js';
import { until } from '../../support/until.js';

const PRINT = `mutation ($input: PrintCardInput!) { printCard(input: $input) { __typename
  ... on Refusal { message }
  ... on CardPrinted { fileName pdf print { id certificateId printedAt printedByName } } } }`;
const PRINTS = `query ($coopId: ID!, $certificateId: ID, $after: String) {
  cardPrints(coopId: $coopId, certificateId: $certificateId, first: 1, after: $after) {
    edges { node { certificateId printedByName printedAt } } pageInfo { hasNextPage endCursor } } }`;

interface Printed {
  readonly __typename: string;
  readonly message?: string;
  readonly fileName?: string;
  readonly pdf?: string;
}

interface Prints {
  readonly cardPrints: {
    readonly edges: readonly {
      readonly node: { readonly certificateId: string; readonly printedByName: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('the card of a piece', () => {
  let app: TestApp;
  let coop: TestCoop;
  let run: TestRun;
  let operator: { readonly token: string };
  let admin: { readonly token: string };
  let first: StoredCertificate;
  let second: StoredCertificate;
  let claimKey: string;
  let card: CardRead;
  const print = async (certificateId: string, as: { readonly token: string } = operator): Promise<Printed> =>
    (await app.gql<{ printCard: Printed }>(PRINT, { input: { coopId: coop.coopId, certificateId } }, as))
      .printCard;
  const bytesOf = ({ pdf = '' }: Printed): Buffer => Buffer.from(pdf, 'base64');

  beforeAll(async () => {
    app = await startTestApp();
    await app.clock.freeze(START);
    coop = await aCoop(app);
    const made = await aMadeRun(app, coop, [2]);
    run = made;
    operator = { token: await signedIn(app, made.operator.email) };
    // The run was made over days, in which the first admin's token ended.
    admin = { token: await signedIn(app, (await aMember(app, coop, ['admin'])).email) };
    await app.nest.get(JobRunner).start();
    await passAll(app, made);
    const [one, two] = await until('two certificates', async () => {
      const all = await certificatesOf(app, run.editionId);
      return all.length === 2 ? all : null;
    });
    if (one === undefined || two === undefined) throw new Error('Expected two certificates.');
    [first, second] = [one, two];
    const rows = await app.database.query<{ claim_key: string }>(
      'select claim_key from certificate where id = $1',
      [first.id],
    );
    claimKey = rows[0]?.claim_key ?? '';
    card = await readCard(bytesOf(await print(first.id)));
  });
  afterAll(() => app.stop());

  it('is one A6 page that names the piece', () => {
    expect(card.pages).toBe(1);
    expect([card.size.width, card.size.height].map(Math.round)).toEqual([298, 420]);
    expect(card.texts).toEqual(
      expect.arrayContaining(['CERTIFICATE OF ONE PIECE', expect.stringMatching(/^No\. 1 of \d+$/)]),
    );
  });

  it('has the printed link as a code for everybody, and under the scratch field the key of this piece', () => {
    const [open, sealed = ''] = card.codes;
    expect(card.codes).toHaveLength(2);
    expect(open).toBe(`${app.url}/01/${run.gtin}/21/1`);
    const link = parseClaimLink(sealed ?? '');
    if (link.kind === 'ClaimLinkRefused' || link.key === null)
      throw new Error('Expected a key under the field.');
    expect([link.gtin, link.serial, addressOfKey(link.key)]).toEqual([run.gtin, 1, claimKey]);
    expect(sealed).toBe(`${app.url}${claimLink(run.gtin, 1, link.key)}`);
    // A browser sends nothing of what stands behind the #.
    expect(new URL(sealed ?? '').pathname + new URL(sealed ?? '').search).toBe('/claim');
  });

  it('holds the key in that code alone: in no text, no metadata, no address', () => {
    const key = (card.codes[1] ?? '').slice(-64);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    for (const plain of [card.plain, card.texts.join(' ')]) {
      expect(plain.toLowerCase()).not.toContain(key);
      expect(plain).not.toContain('/claim');
    }
  });

  it('has another key for another piece, and the same one each time', async () => {
    const [again, other] = [
      await readCard(bytesOf(await print(first.id))),
      await readCard(bytesOf(await print(second.id))),
    ];
    expect(again.codes).toEqual(card.codes);
    expect(other.codes[1]?.slice(-64)).not.toBe(card.codes[1]?.slice(-64));
  });

  it('is printed by operators and admins of its own co-op, and by nobody else', async () => {
    expect((await print(first.id, admin)).__typename).toBe('CardPrinted');
    const member = await aMember(app, coop, ['member', 'treasurer']);
    const stranger = await aCoop(app);
    const input = { coopId: coop.coopId, certificateId: first.id };
    for (const caller of [{ token: await signedIn(app, member.email) }, stranger.admin])
      expect((await app.ask(PRINT, { input }, caller)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await app.ask(PRINT, { input })).errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const foreign = await app.gql<{ printCard: Printed }>(
      PRINT,
      { input: { coopId: stranger.coopId, certificateId: first.id } },
      stranger.admin,
    );
    expect(foreign.printCard).toEqual({
      __typename: 'NotFound',
      message: expect.stringContaining('certificate'),
    });
    for (const nothing of ['nobody', '01900000-0000-7000-8000-000000000000', `${first.id}'--`])
      expect((await print(nothing)).__typename).toBe('NotFound');
  });

  it('leaves with each print who had it and when, and nothing of the key', async () => {
    const before = await app.database.query<{ n: number }>('select count(*)::int as n from card_print');
    await print(second.id, admin);
    const rows = await app.database.query(
      `select p.certificate_id, a.email, p.printed_at is not null as timed from card_print p
         join account a on a.id = p.printed_by order by p.id`,
    );
    expect(rows).toHaveLength((before[0]?.n ?? 0) + 1);
    expect(rows.at(-1)).toMatchObject({ certificate_id: second.id, timed: true });
    const key = (card.codes[1] ?? '').slice(-64);
    const [stored] = await app.database.query<{ text: string }>(
      'select coalesce(string_agg(card_print::text, $1), $1) as text from card_print',
      [' '],
    );
    expect(stored?.text).not.toContain(key);
  });

  it('has its key nowhere in the database, in no table', async () => {
    const key = (card.codes[1] ?? '').slice(-64);
    const forms = [
      key,
      Buffer.from(key, 'hex').toString('base64'),
      Buffer.from(key, 'hex').toString('base64url'),
    ];
    const tables = await app.database.query<{ name: string }>(
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    );
    expect(tables.length).toBeGreaterThan(50);
    const holding = (texts: readonly string[]): Promise<{ name: string }[]> =>
      app.database.query<{ name: string }>(
        tables
          .map(({ name }) => `select '${name}' as name from ${name} t where t::text like any ($1)`)
          .join(' union '),
        [texts.map((text) => `%${text.slice(0, -1)}%`)],
      );
    expect(await holding(forms)).toEqual([]);
    // What is sealed is found, so the search does find.
    const [kept] = await app.database.query<{ hex: string }>(
      `select encode(sealed_claim_key, 'hex') as hex from certificate where id = $1`,
      [first.id],
    );
    expect((await holding([kept?.hex ?? ''])).map(({ name }) => name)).toEqual(['public.certificate']);
  });

  it('shows its prints in pages to those who may print', async () => {
    const page = async (
      after: string | null,
      certificateId: string | null = null,
    ): Promise<Prints['cardPrints']> =>
      (await app.gql<Prints>(PRINTS, { coopId: coop.coopId, certificateId, after }, operator)).cardPrints;
    const newest = await page(null);
    expect([newest.edges.length, newest.pageInfo.hasNextPage]).toEqual([1, true]);
    expect(newest.edges[0]?.node.printedByName).not.toBe('');
    let [seen, after] = [0, null as string | null];
    do {
      const { edges, pageInfo } = await page(after, second.id);
      expect(edges.every(({ node }) => node.certificateId === second.id)).toBe(true);
      seen += edges.length;
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const [stored] = await app.database.query<{ n: number }>(
      'select count(*)::int as n from card_print where certificate_id = $1',
      [second.id],
    );
    expect(seen).toBe(stored?.n);
  });

  it('is not printed with a key that was put in by another hand', async () => {
    const seal = 'select sealed_claim_key from certificate where id = $1';
    const [kept] = await app.database.query<{ sealed_claim_key: Buffer }>(seal, [second.id]);
    const put = (from: Buffer | undefined): Promise<unknown> =>
      app.database.query('update certificate set sealed_claim_key = $2 where id = $1', [second.id, from]);
    const [other] = await app.database.query<{ sealed_claim_key: Buffer }>(seal, [first.id]);
    await put(other?.sealed_claim_key);
    const answer = await app.ask(
      PRINT,
      { input: { coopId: coop.coopId, certificateId: second.id } },
      operator,
    );
    await put(kept?.sealed_claim_key);
    expect(answer.errors).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toMatch(/[0-9a-f]{64}/);
  });

  it('has its prints found by an index in a co-op that printed for years', async () => {
    await app.database.query(
      `insert into card_print (coop_id, id, certificate_id, printed_by, printed_at)
         select p.coop_id, uuidv7(), case when n % 500 = 0 then $1::uuid else $2::uuid end, p.printed_by, now()
           from (select * from card_print limit 1) p, generate_series(1, 20000) n`,
      [first.id, second.id],
    );
    await app.database.query('vacuum analyze card_print');
    const prints = new CardPrintsRepository();
    const readings = [
      await readingOf(app.database, (q) => prints.ofCoop(q, coop.coopId, null, 21)),
      await readingOf(app.database, (q) =>
        prints.ofCertificate(q, { coopId: coop.coopId, id: first.id }, null, 21),
      ),
    ];
    for (const { rows, tableScans } of readings) expect([rows <= 21, tableScans]).toEqual([true, []]);
  });
});
