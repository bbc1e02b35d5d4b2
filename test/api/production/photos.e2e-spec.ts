import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makingOf } from '@touchmark/certificates';
import { jpegOfPhone, SECRET } from '../../../libs/production/src/photo/sample-metadata.js';
import { sampleJpeg, samplePng, sampleWebp } from '../../../libs/production/src/photo/sample-photos.js';
import { CODE_CHECKS } from '../../../apps/api/src/certificates/index.js';
import { JobRunner } from '../../../apps/api/src/platform/jobs/index.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { bundleOf, certificatesOf, startPublisher, verified } from '../../support/builders/certificates.js';
import {
  aCoop,
  aMember,
  signedIn,
  type TestCoop,
  type TestMember,
} from '../../support/builders/membership.js';
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
import { until } from '../../support/until.js';

interface Added {
  readonly status: number;
  readonly kind: string;
  readonly message?: string;
  readonly field?: string;
  readonly photo?: { readonly id: string; readonly sha256: string; readonly type: string };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const REMOVE = `mutation ($input: RemovePhotoInput!) { removePhoto(input: $input) { __typename ... on Refusal { message } } }`;

const TAKE_DOWN = `mutation ($input: TakeDownPhotoInput!) { takeDownPhoto(input: $input) { __typename
  ... on Refusal { message } ... on PhotoTakenDown { photo { id takenDownAt takenDownWhy } } } }`;

describe('photos of a run', () => {
  let app: TestApp;
  let coop: TestCoop;
  let operator: TestMember;
  let member: TestMember;
  let run: TestRun;
  let other: TestRun;
  let units: TestUnit[];
  const unitId = (place: number): string => units[place]?.id ?? 'missing';

  const tokens = new Map<string, Promise<string>>();
  // Making the pieces takes longer than a token lives, what is tried here does not.
  const tokenOf = ({ email }: TestMember): Promise<string> => {
    const token = tokens.get(email) ?? signedIn(app, email);
    tokens.set(email, token);
    return token;
  };
  const add = async (
    bytes: Uint8Array | string,
    about: Readonly<Record<string, string>> = {},
    token?: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Added> => {
    const query = new URLSearchParams({ coopId: coop.coopId, runId: run.runId, ...about });
    const bearer = token ?? (await tokenOf(operator));
    const answer = await fetch(`${app.url}/photos?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${bearer}`, ...headers },
      body: typeof bytes === 'string' ? bytes : Uint8Array.from(bytes),
    });
    return { status: answer.status, ...((await answer.json()) as Omit<Added, 'status'>) };
  };
  const get = (sha256: string, token?: string): Promise<Response> =>
    fetch(`${app.url}/photos/${sha256}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  const remove = async (id: string): Promise<string> => {
    const input = { coopId: coop.coopId, photoId: id };
    const { removePhoto } = await app.gql<{ removePhoto: { __typename: string } }>(
      REMOVE,
      { input },
      { token: await tokenOf(operator) },
    );
    return removePhoto.__typename;
  };
  const idOf = async (what: string): Promise<string> => {
    const [row] = await app.database.query<{ id: string }>(
      'select id from production_photo where $1 in (sha256, caption) order by id limit 1',
      [what],
    );
    return row?.id ?? '';
  };
  const takeDown = async (photoId: string, why: string, token?: string): Promise<{ __typename: string }> => {
    const { takeDownPhoto } = await app.gql<{ takeDownPhoto: { __typename: string } }>(
      TAKE_DOWN,
      { input: { coopId: coop.coopId, photoId, why } },
      { token: token ?? (await tokenOf(operator)) },
    );
    return takeDownPhoto;
  };
  const issued = (unit: number): Promise<unknown> =>
    until('the certificate', async () => (await documentOf(unit)).events.length > 0);
  const documentOf = async (unit: number) => {
    const [row] = await app.database.query<{ document: string }>(
      'select document from certificate where unit_id = $1',
      [unitId(unit)],
    );
    return makingOf(JSON.parse(row?.document ?? '[]') as Parameters<typeof makingOf>[0]);
  };

  beforeAll(async () => {
    app = await startTestApp();
    await app.clock.freeze(START);
    coop = await aCoop(app);
    await aFloor(app, coop);
    other = await aRun(app, coop, [1]);
    coop = { ...coop, admin: { ...coop.admin, token: await signedIn(app, coop.admin.email) } };
    run = await aRun(app, coop, [2, 1]);
    operator = await aMember(app, coop, ['operator']);
    member = await aMember(app, coop);
    await makeUnits(app, run, operator.accountId);
    units = await unitsOf(app, run.runId);
    await app.nest.get(JobRunner).start();
  });
  afterAll(() => app.stop());

  it('are kept by what they are, as JPEG, PNG or WebP, whatever they are called', async () => {
    for (const [bytes, type] of [
      [samplePng, 'image/png'],
      [sampleWebp, 'image/webp'],
    ] as const) {
      const added = await add(bytes, { caption: ' The second colour ' }, undefined, {
        'content-type': 'text/html',
      });
      expect(added).toMatchObject({
        status: 201,
        kind: 'PhotoAdded',
        photo: { type, sha256: digest(bytes) },
      });
    }
    const again = await add(samplePng);
    expect([again.status, again.photo?.sha256]).toEqual([200, digest(samplePng)]);
    const { run: shown } = await app.gql<{ run: { photos: { caption: string; unitId: string | null }[] } }>(
      `query ($coopId: ID!, $id: ID!) { run(coopId: $coopId, id: $id) { photos { caption unitId } } }`,
      { coopId: coop.coopId, id: run.runId },
      { token: await tokenOf(member) },
    );
    expect(shown.photos).toEqual([
      { caption: 'The second colour', unitId: null },
      { caption: 'The second colour', unitId: null },
    ]);
  });

  it('are kept without what a camera wrote beside them', async () => {
    const added = await add(jpegOfPhone(sampleJpeg, 1), { unitId: unitId(0) });
    expect(added.photo?.sha256).toBe(digest(sampleJpeg));
    const rows = await app.database.query<{ bytes: Buffer }>('select bytes from photo');
    expect(rows.filter(({ bytes }) => bytes.includes(SECRET))).toEqual([]);
    expect(rows).toHaveLength(3);
  });

  it.each<[string, () => Promise<Added>, number, string]>([
    ['is no picture', () => add('<script>alert(1)</script>'), 422, 'no JPEG, PNG or WebP'],
    ['is empty', () => add(''), 422, 'no JPEG, PNG or WebP'],
    ['is too large', () => add(new Uint8Array(2 * 1024 * 1024 + 1)), 413, 'at most 2097152'],
    ['is packed', () => add(samplePng, {}, undefined, { 'content-encoding': 'gzip' }), 413, 'as it is'],
    [
      'comes with a page for a caption',
      () => add(samplePng, { caption: 'x'.repeat(201) }),
      422,
      'at most 200',
    ],
    ['is of another run', () => add(samplePng, { runId: coop.coopId }), 404, 'no such run'],
    ['is of no run', () => add(samplePng, { runId: "x' or 1=1" }), 404, 'no such run'],
    ['is of no piece', () => add(samplePng, { unitId: coop.coopId }), 404, 'no such unit'],
  ])('are refused when one %s', async (_name, send, status, words) => {
    expect(await send()).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it('are added by operators and admins of the co-op and by nobody else', async () => {
    const stranger = await aCoop(app);
    const callers: [string, number][] = [
      [await tokenOf(member), 403],
      [await tokenOf(stranger.admin), 403],
      ['made up', 401],
      [await tokenOf(coop.admin), 200],
    ];
    for (const [token, status] of callers) expect((await add(samplePng, {}, token)).status).toBe(status);
    const nobody = await fetch(`${app.url}/photos?coopId=${coop.coopId}&runId=${run.runId}`, {
      method: 'POST',
    });
    expect(nobody.status).toBe(401);
  });

  it('are seen by members alone until a certificate names them', async () => {
    const sha256 = digest(samplePng);
    const stranger = await aCoop(app);
    expect((await get(sha256)).status).toBe(404);
    expect((await get(sha256, await tokenOf(stranger.admin))).status).toBe(404);
    expect((await get('0'.repeat(64), await tokenOf(member))).status).toBe(404);
    expect((await get('..%2f..%2fgraphql')).status).toBe(404);
    const own = await get(sha256, await tokenOf(member));
    expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    expect(Buffer.from(await own.arrayBuffer()).equals(samplePng)).toBe(true);
  });

  it('can be taken away until a piece has passed with them', async () => {
    const added = await add(samplePng, { unitId: unitId(1) });
    const id = added.photo?.id ?? '';
    expect([await remove(id), await remove(id)]).toEqual(['PhotoRemoved', 'NotFound']);
    // The run shows the same picture still.
    expect((await get(digest(samplePng), await tokenOf(member))).status).toBe(200);
  });

  it('are named by the certificate of a piece: those of the run until it passed, and its own', async () => {
    await passUnit(app, { token: await tokenOf(operator) }, coop.coopId, unitId(0));
    await app.clock.step(60_000);
    const late = await add(jpegOfPhone(sampleJpeg, 6), { caption: 'Drying' });
    expect(late.status).toBe(201);
    await issued(0);
    const { events } = await documentOf(0);
    const photos = events.flatMap(({ photo, text }) =>
      photo === null ? [] : [[text, photo.sha256, photo.type]],
    );
    expect(photos).toEqual([
      ['The second colour', digest(samplePng), 'image/png'],
      ['The second colour', digest(sampleWebp), 'image/webp'],
      ['Photo of this piece', digest(sampleJpeg), 'image/jpeg'],
    ]);
    expect(await add(samplePng, { unitId: unitId(0) })).toMatchObject({ status: 409, kind: 'NotReady' });
    expect((await get(late.photo?.sha256 ?? '')).status).toBe(404);
    const [first] = await app.database.query<{ id: string }>(
      'select id from production_photo order by id limit 1',
    );
    expect(await remove(first?.id ?? '')).toBe('PhotoCertified');
  });

  it('are for everybody from then on, as pictures and as nothing else', async () => {
    const shown = await get(digest(sampleJpeg));
    expect(shown.status).toBe(200);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=3600, must-revalidate',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': '*',
    });
    expect(digest(new Uint8Array(await shown.arrayBuffer()))).toBe(digest(sampleJpeg));
    const known = await fetch(`${app.url}/photos/${digest(sampleJpeg)}`, {
      headers: { 'if-none-match': shown.headers.get('etag') ?? '' },
    });
    expect(known.status).toBe(304);
    const broken = [];
    for (const check of CODE_CHECKS)
      broken.push(...(await check.find((text, values) => app.database.query(text, [...(values ?? [])]))));
    expect(broken).toEqual([]);
  });

  it('are at most so many of a piece, also when they come at once', async () => {
    const [unit] = await unitsOf(app, other.runId);
    const token = await tokenOf(operator);
    const about = { runId: other.runId, unitId: unit?.id ?? '' };
    // A comment in front makes no other photo; another turn of the camera does.
    const pictures = [2, 3, 4, 5, 6, 7, 8].map((turn) => jpegOfPhone(sampleJpeg, turn));
    const all = [...pictures, ...pictures, sampleJpeg, samplePng, sampleWebp];
    const answers = await Promise.all(all.map((bytes) => add(bytes, about, token)));
    const [row] = await app.database.query<{ kept: number }>(
      'select count(*)::int as kept from production_photo where run_id = $1',
      [other.runId],
    );
    expect(row?.kept).toBe(8);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(8);
    expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThan(1);
  });

  it('are taken down with a reason: their bytes are gone, and they are neither shown nor kept again', async () => {
    await app.clock.step(60_000);
    const sha256 = digest(samplePng);
    const etag = (await get(sha256)).headers.get('etag') ?? '';
    const id = await idOf(sha256);
    const tried = [
      await takeDown(id, '  '),
      await takeDown(id, 'x'.repeat(501)),
      await takeDown(randomUUID(), 'Asked for.'),
      await takeDown(await idOf('Drying'), 'Asked for.'),
    ];
    expect(tried.map(({ __typename }) => __typename)).toEqual([
      'InputRefused',
      'InputRefused',
      'NotFound',
      'PhotoNotNamed',
    ]);
    for (const who of [member, (await aCoop(app)).admin])
      await expect(takeDown(id, 'Not mine.', await tokenOf(who))).rejects.toThrow('FORBIDDEN');
    expect((await get(sha256)).status).toBe(200);
    const taken = await takeDown(id, ' Somebody in it asked for that. ');
    expect(taken).toMatchObject({
      __typename: 'PhotoTakenDown',
      photo: { takenDownAt: expect.any(String), takenDownWhy: 'Somebody in it asked for that.' },
    });
    // The first time counts.
    expect(await takeDown(id, 'Again.')).toEqual(taken);
    const [row] = await app.database.query<{ bytes: Buffer | null; by: string }>(
      'select bytes, taken_down_by as by from photo where sha256 = $1',
      [sha256],
    );
    expect(row).toEqual({ bytes: null, by: operator.accountId });
    for (const asked of [await get(sha256), await get(sha256, await tokenOf(member))]) {
      expect([asked.status, asked.headers.get('cache-control')]).toEqual([410, 'no-store']);
      expect(await asked.text()).not.toContain('Somebody');
    }
    // Whoever kept a copy is told as well when they ask for it again.
    const kept = await fetch(`${app.url}/photos/${sha256}`, { headers: { 'if-none-match': etag } });
    expect(kept.status).toBe(410);
    expect(await add(samplePng, { unitId: unitId(1) })).toMatchObject({
      status: 422,
      message: expect.stringContaining('taken down'),
    });
  });

  it('come to the pieces that pass later, until all of them are inspected', async () => {
    for (const place of [1, 2])
      await passUnit(app, { token: await tokenOf(operator) }, coop.coopId, unitId(place));
    await issued(2);
    const { events } = await documentOf(2);
    // The one that was taken down before they passed is not among them.
    expect(events.flatMap(({ photo, text }) => (photo === null ? [] : [[text, photo.type]]))).toEqual([
      ['The second colour', 'image/webp'],
      ['Drying', 'image/jpeg'],
    ]);
    expect(await add(sampleJpeg)).toMatchObject({
      status: 409,
      message: expect.stringContaining('Every piece'),
    });
  });

  it('leave the certificates that name them as they are when they are taken down: GENUINE, and the tour says so', async () => {
    const publisher = await startPublisher(app);
    try {
      const [certificate] = await certificatesOf(app, run.editionId);
      const id = certificate?.id ?? '';
      const genuine = async () => (await verified(app, { certificateId: id })).word === 'GENUINE';
      await until('the piece to be genuine', genuine, 60_000);
      const bundle = await bundleOf(app, id);
      const down = async (): Promise<unknown[]> => {
        const { verify } = await app.gql<{
          verify: {
            word: string;
            piece: { story: { steps: { photo: { takenDownAt: string | null } | null }[] } };
          };
        }>(
          `query ($id: ID!) { verify(input: { certificateId: $id }) { word
            piece { story { steps { photo { sha256 takenDownAt } } } } } }`,
          { id },
        );
        const photos = verify.piece.story.steps.flatMap(({ photo }) => photo ?? []);
        return [verify.word, ...photos.map(({ takenDownAt }) => takenDownAt !== null)];
      };
      expect(await down()).toEqual(['GENUINE', true, false, false]);
      const taken = await takeDown(await idOf(digest(sampleWebp)), 'Asked for.');
      expect(taken.__typename).toBe('PhotoTakenDown');
      expect(await down()).toEqual(['GENUINE', true, true, false]);
      expect((await verified(app, { bundle })).word).toBe('GENUINE');
      const broken = [];
      for (const check of CODE_CHECKS)
        broken.push(...(await check.find((text, values) => app.database.query(text, [...(values ?? [])]))));
      expect(broken).toEqual([]);
    } finally {
      await publisher.close();
    }
  });
});
