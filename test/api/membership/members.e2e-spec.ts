import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHECKS } from '../../../apps/api/src/membership/index.js';
import { type TestApp, startTestApp } from '../../support/app.js';
import {
  TEST_PASSWORD,
  aCollector,
  aCoop,
  aMember,
  anEmail,
  signedIn,
} from '../../support/builders/membership.js';
import { mailAbout, tokenIn } from '../../support/mail.js';
import {
  ACCEPT,
  INVITE,
  ME,
  MEMBERS,
  type Outcome,
  REMOVE,
  SET_ROLES,
  atOnce,
  counted,
} from './operations.js';

interface Page {
  readonly members: {
    readonly edges: readonly {
      readonly node: { readonly accountId: string; readonly email: string | null };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const DAY = 86_400_000;

describe('the members of a co-op', () => {
  let app: TestApp;

  const rolesOf = async (token: string) =>
    (await app.gql<{ me: { memberships: { roles: string[] }[] } }>(ME, {}, { token })).me.memberships;
  const accept = async (token: string, password = TEST_PASSWORD, displayName = 'New Member') =>
    (
      await app.gql<{ acceptInvitation: Outcome & { accountId?: string } }>(ACCEPT, {
        input: { token, password, displayName },
      })
    ).acceptInvitation;
  const invite = async (
    token: string,
    coopId: string,
    email: string,
    roles: readonly string[] = ['MEMBER'],
  ) =>
    (
      await app.gql<{ inviteMember: Outcome & { invitationId?: string } }>(
        INVITE,
        { input: { coopId, email, roles } },
        { token },
      )
    ).inviteMember;
  const invitedBy = async (
    inviter: { token: string },
    coopId: string,
    email: string,
    roles?: readonly string[],
  ) => {
    const { invitationId } = await invite(inviter.token, coopId, email, roles);
    return tokenIn(await mailAbout(app, email, invitationId ?? 'no invitation'));
  };
  const remove = async (token: string, coopId: string, accountId: string) =>
    app.ask<{ removeMember: Outcome }>(REMOVE, { input: { coopId, accountId } }, { token });
  const setRoles = async (token: string, coopId: string, accountId: string, roles: readonly string[]) =>
    app.ask<{ setMemberRoles: Outcome }>(SET_ROLES, { input: { coopId, accountId, roles } }, { token });

  beforeAll(async () => {
    app = await startTestApp({ worker: true });
  });
  afterAll(async () => {
    await app.stop();
  });

  it('join by the link in the mail of their invitation and sign in with the password they chose', async () => {
    const coop = await aCoop(app);
    const email = anEmail('invited');
    const token = await invitedBy(coop.admin, coop.coopId, email, ['OPERATOR']);
    expect(await accept(token)).toMatchObject({ __typename: 'InvitationAccepted' });
    expect(await rolesOf(await signedIn(app, email))).toEqual([
      { roles: ['OPERATOR'], coop: { id: coop.coopId } },
    ]);
  });

  it('join once per link, and only within seven days', async () => {
    const coop = await aCoop(app);
    const used = await invitedBy(coop.admin, coop.coopId, anEmail());
    const late = await invitedBy(coop.admin, coop.coopId, anEmail());
    expect(await accept(used)).toMatchObject({ __typename: 'InvitationAccepted' });
    expect(await accept(used)).toMatchObject({ __typename: 'TokenRefused' });
    await app.clock.step(7 * DAY);
    expect(await accept(late)).toMatchObject({ __typename: 'TokenRefused' });
    await app.clock.release();
    expect(await accept('never-a-token')).toMatchObject({ __typename: 'TokenRefused' });
  });

  it('keep no token in the database, neither in a row nor in a job', async () => {
    const coop = await aCoop(app);
    const token = await invitedBy(coop.admin, coop.coopId, anEmail());
    const rows = await app.database.query<{ text: string }>(
      `select invitation::text as text from invitation union all
       select payload::text from graphile_worker._private_jobs`,
    );
    expect(rows.filter((row) => row.text.includes(token))).toEqual([]);
  });

  it('choose a password of twelve characters or more and a name', async () => {
    const coop = await aCoop(app);
    const token = await invitedBy(coop.admin, coop.coopId, anEmail());
    expect(await accept(token, 'too short')).toMatchObject({ __typename: 'InputRefused', field: 'password' });
    expect(await accept(token, TEST_PASSWORD, '  ')).toMatchObject({
      __typename: 'InputRefused',
      field: 'displayName',
    });
    expect(await accept(token)).toMatchObject({ __typename: 'InvitationAccepted' });
  });

  it('who have an account join with the password they have, and with no other', async () => {
    const [first, second] = [await aCoop(app), await aCoop(app)];
    const member = await aMember(app, first);
    const token = await invitedBy(second.admin, second.coopId, member.email);
    expect(await accept(token, 'another password')).toMatchObject({
      __typename: 'InputRefused',
      field: 'password',
    });
    expect(await accept(token)).toMatchObject({
      __typename: 'InvitationAccepted',
      accountId: member.accountId,
    });
    expect(await rolesOf(member.token)).toHaveLength(2);
  });

  it('who were collectors until now keep their account', async () => {
    const coop = await aCoop(app);
    const collector = await aCollector(app);
    const token = await invitedBy(coop.admin, coop.coopId, collector.email);
    expect(await accept(token)).toMatchObject({ accountId: collector.accountId });
    expect(await rolesOf(await signedIn(app, collector.email))).toHaveLength(1);
    // The session that was opened by a code still gives no role.
    expect(await rolesOf(collector.token)).toEqual([]);
  });

  it('are invited by admins of that co-op only', async () => {
    const [coop, other] = [await aCoop(app), await aCoop(app)];
    const member = await aMember(app, coop, ['member', 'operator', 'treasurer']);
    const variables = { input: { coopId: coop.coopId, email: anEmail(), roles: ['ADMIN'] } };
    const codes = await Promise.all(
      [member, other.admin, await aCollector(app, coop.admin.email), {}].map(
        async (caller) => (await app.ask(INVITE, variables, caller)).errors[0]?.extensions?.code,
      ),
    );
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });

  it('are not invited without a role, with an address that is none, or twice', async () => {
    const coop = await aCoop(app);
    const member = await aMember(app, coop);
    const asks = [
      await invite(coop.admin.token, coop.coopId, 'not an address'),
      await invite(coop.admin.token, coop.coopId, anEmail(), []),
      await invite(coop.admin.token, coop.coopId, member.email),
    ];
    expect(asks.map(({ __typename, field }) => [__typename, field])).toEqual([
      ['InputRefused', 'email'],
      ['InputRefused', 'roles'],
      ['InputRefused', 'email'],
    ]);
  });

  it('lose their rights with their next request when they are removed, and can come back', async () => {
    const coop = await aCoop(app);
    const member = await aMember(app, coop, ['admin']);
    const stale = await invitedBy(member, coop.coopId, anEmail('pending'));
    const { data } = await remove(coop.admin.token, coop.coopId, member.accountId);
    expect(data?.removeMember).toMatchObject({ __typename: 'MemberRemoved' });
    expect(await rolesOf(member.token)).toEqual([]);
    expect((await app.ask(MEMBERS, { coopId: coop.coopId }, member)).errors[0]?.extensions?.code).toBe(
      'FORBIDDEN',
    );
    // What they had offered is off.
    expect(await accept(stale)).toMatchObject({ __typename: 'TokenRefused' });
    expect(await accept(await invitedBy(coop.admin, coop.coopId, member.email))).toMatchObject({
      accountId: member.accountId,
    });
    expect(await rolesOf(member.token)).toEqual([{ roles: ['MEMBER'], coop: { id: coop.coopId } }]);
  });

  it('have the roles that an admin set, from the next request on', async () => {
    const coop = await aCoop(app);
    const member = await aMember(app, coop);
    const { data } = await setRoles(coop.admin.token, coop.coopId, member.accountId, [
      'TREASURER',
      'MEMBER',
      'MEMBER',
    ]);
    expect(data?.setMemberRoles).toEqual({ __typename: 'RolesSet', roles: ['MEMBER', 'TREASURER'] });
    expect(await rolesOf(member.token)).toEqual([
      { roles: ['MEMBER', 'TREASURER'], coop: { id: coop.coopId } },
    ]);
  });

  it('always keep one admin', async () => {
    const coop = await aCoop(app);
    const { token, accountId } = coop.admin;
    expect((await remove(token, coop.coopId, accountId)).data?.removeMember.__typename).toBe('LastAdmin');
    expect((await setRoles(token, coop.coopId, accountId, ['MEMBER'])).data?.setMemberRoles.__typename).toBe(
      'LastAdmin',
    );
  });

  it('of another co-op, and ids that are none, are not found', async () => {
    const [coop, other] = [await aCoop(app), await aCoop(app)];
    const stranger = await aMember(app, other);
    for (const accountId of [stranger.accountId, 'not-an-id']) {
      expect((await remove(coop.admin.token, coop.coopId, accountId)).data?.removeMember.__typename).toBe(
        'NotFound',
      );
      const set = await setRoles(coop.admin.token, coop.coopId, accountId, ['ADMIN']);
      expect(set.data?.setMemberRoles.__typename).toBe('NotFound');
    }
    const walls = await remove(coop.admin.token, other.coopId, stranger.accountId);
    expect(walls.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    const nonsense = await remove(coop.admin.token, 'not-an-id', stranger.accountId);
    expect(nonsense.errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('are listed page by page to members, with addresses for admins only', async () => {
    const coop = await aCoop(app);
    const members = [await aMember(app, coop), await aMember(app, coop)];
    const page = async (token: string, after?: string) =>
      (
        await app.gql<Page>(
          MEMBERS,
          { coopId: coop.coopId, first: 2, ...(after ? { after } : {}) },
          { token },
        )
      ).members;
    const first = await page(coop.admin.token);
    const second = await page(coop.admin.token, first.pageInfo.endCursor);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const emails = [...first.edges, ...second.edges].map((edge) => edge.node.email).sort();
    expect(emails).toEqual([coop.admin.email, ...members.map((member) => member.email)].sort());
    const seen = await page(members[0]?.token ?? '');
    expect(seen.edges.map((edge) => edge.node.email)).toEqual([null, null]);
    const forged = Buffer.from('["x"]').toString('base64url');
    const bad = await app.ask(MEMBERS, { coopId: coop.coopId, after: forged }, coop.admin);
    expect(bad.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  describe('at once', () => {
    it('join once when one link is used twenty times', async () => {
      const coop = await aCoop(app);
      const token = await invitedBy(coop.admin, coop.coopId, anEmail());
      const outcomes = await atOnce(20, () => accept(token));
      const { InvitationAccepted: accepted = 0, TokenRefused: refused = 0 } = counted(outcomes);
      expect([accepted, refused]).toEqual([1, 19]);
    });

    it('keep exactly one of eight admins who all remove each other', async () => {
      const coop = await aCoop(app);
      const others = await Promise.all(Array.from({ length: 7 }, () => aMember(app, coop, ['admin'])));
      const admins = [coop.admin, ...others];
      const pairs = admins.flatMap((by) =>
        admins.filter((whom) => whom !== by).map((whom) => ({ by, whom })),
      );
      const answers = await Promise.all(
        pairs.map(({ by, whom }) => remove(by.token, coop.coopId, whom.accountId)),
      );
      const removed = answers.filter(({ data }) => data?.removeMember.__typename === 'MemberRemoved');
      expect(removed).toHaveLength(7);
      // Every other answer came from somebody who was no admin any more, or was about somebody who was gone already.
      const gone = answers.filter(({ data }) => data?.removeMember.__typename === 'NotFound');
      const forbidden = answers.filter(({ errors }) => errors[0]?.extensions?.code === 'FORBIDDEN');
      expect(removed.length + gone.length + forbidden.length).toBe(pairs.length);
      const left = await app.database.query(
        'select 1 from membership where coop_id = $1 and removed_at is null',
        [coop.coopId],
      );
      expect(left).toHaveLength(1);
    });
  });

  it('leave every check without a violation', async () => {
    for (const check of CHECKS)
      expect([check.name, await app.database.query(check.violations)]).toEqual([check.name, []]);
  });
});
