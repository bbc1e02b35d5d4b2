import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startTestApp } from '../../support/app.js';
import { type TestCoop, type TestMember, aCoop, aMember } from '../../support/builders/membership.js';
import { APPROVE, PROPOSE, aProposal } from '../../support/builders/payouts.js';

const AGREEMENT = `query ($coopId: ID!, $id: ID!) { agreement(coopId: $coopId, id: $id) {
  name version { active fee parties { share approvedAt } } } }`;

interface Agreement {
  readonly agreement: {
    readonly name: string;
    readonly version: {
      readonly active: boolean;
      readonly parties: { readonly share: string; readonly approvedAt: string | null }[];
    };
  } | null;
}

describe('an agreement', () => {
  let app: TestApp;
  let coop: TestCoop;
  let members: TestMember[];
  beforeAll(async () => {
    app = await startTestApp();
    coop = await aCoop(app);
    members = [await aMember(app, coop), await aMember(app, coop), await aMember(app, coop)];
  });
  afterAll(async () => {
    await app.stop();
  });

  const proposal = (shares: readonly string[], overrides: object = {}) => ({
    coopId: coop.coopId,
    name: 'Night Ferry',
    fee: '1/10',
    parties: shares.map((share, index) => ({ accountId: members[index]?.accountId, share })),
    requestId: randomUUID(),
    ...overrides,
  });
  const propose = async (input: object) =>
    (await app.gql<{ proposeAgreement: Record<string, unknown> }>(PROPOSE, { input }, coop.admin))
      .proposeAgreement;
  const approve = async (versionId: string, by: TestMember, requestId = randomUUID()) =>
    (
      await app.gql<{ approveAgreement: Record<string, unknown> }>(
        APPROVE,
        { input: { coopId: coop.coopId, versionId, requestId } },
        by,
      )
    ).approveAgreement;
  const read = (id: string, as: TestMember) => app.gql<Agreement>(AGREEMENT, { coopId: coop.coopId, id }, as);

  it('holds exact shares and binds once every party has approved it', async () => {
    const { agreementId, versionId } = await aProposal(app, coop, members, ['70%', '0.2', '1/10']);
    const seen: unknown[] = [];
    for (const member of members) seen.push(await approve(versionId, member));
    expect(seen).toMatchObject([
      { __typename: 'AgreementApproved', agreement: { version: { active: false } } },
      { agreement: { version: { active: false } } },
      { agreement: { version: { active: true } } },
    ]);
    const { agreement } = await read(agreementId, coop.admin);
    expect(agreement?.version.parties.map((party) => party.share)).toEqual(['7/10', '1/5', '1/10']);
  });

  it('becomes active exactly once when all parties approve at the same moment', async () => {
    const { agreementId, versionId } = await aProposal(app, coop, members, ['1/3', '1/3', '1/3']);
    const outcomes = await Promise.all(members.map((member) => approve(versionId, member)));
    expect(outcomes.map((outcome) => outcome['__typename'])).toEqual(Array(3).fill('AgreementApproved'));
    expect((await read(agreementId, coop.admin)).agreement?.version.active).toBe(true);
  });

  it.each([
    ['shares that do not sum to one', ['70%', '20%', '9%'], {}, 'parties', /sum to 99\/100, not to 1/],
    ['a share that is no number', ['70%', 'most', '10%'], {}, 'parties', /"most" is not a share/],
    ['a fee of everything', ['1/2', '1/2'], { fee: '1' }, 'fee', /less than 1/],
    ['no name', ['1/2', '1/2'], { name: ' ' }, 'name', /Give it 1 to 120/],
    ['a name that no database keeps', ['1/2', '1/2'], { name: 'Night\u0000' }, 'name', /control character/],
    ['no parties', [], {}, 'parties', /0 parties/],
  ])('with %s is refused and nothing is stored', async (_, shares, overrides, field, message) => {
    const before = await app.database.query('SELECT count(*) FROM agreement');
    const outcome = await propose(proposal(shares, overrides));
    expect(outcome).toMatchObject({
      __typename: 'InputRefused',
      field,
      message: expect.stringMatching(message),
    });
    expect(await app.database.query('SELECT count(*) FROM agreement')).toEqual(before);
  });

  it('is listed by its own cursors only', async () => {
    const after = Buffer.from(JSON.stringify(['tomorrow'])).toString('base64url');
    const list = `query ($coopId: ID!, $after: String) { agreements(coopId: $coopId, after: $after) { edges { cursor } } }`;
    const { errors } = await app.ask(list, { coopId: coop.coopId, after }, coop.admin);
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('names only members of its co-op', async () => {
    const stranger = await aCoop(app);
    const outcome = await propose(
      proposal([], {
        parties: [
          { accountId: members[0]?.accountId, share: '1/2' },
          { accountId: stranger.admin.accountId, share: '1/2' },
        ],
      }),
    );
    expect(outcome).toMatchObject({ __typename: 'NotFound' });
  });

  it('is proposed once however often the request is repeated, and refuses another input under its id', async () => {
    const input = proposal(['1/2', '1/2']);
    const first = await propose(input);
    expect(await propose(input)).toEqual(first);
    expect(await propose({ ...input, name: 'Other' })).toMatchObject({ __typename: 'RequestIdReused' });
  });

  it('cannot be approved by somebody who is no party, nor read from another co-op', async () => {
    const [first, second, outsider] = members as [TestMember, TestMember, TestMember];
    const { agreementId, versionId } = await aProposal(app, coop, [first, second], ['1/2', '1/2']);
    expect(await approve(versionId, outsider)).toMatchObject({ __typename: 'NotFound' });
    const other = await aCoop(app);
    const { data } = await app.ask<Agreement>(
      AGREEMENT,
      { coopId: other.coopId, id: agreementId },
      other.admin,
    );
    expect(data).toEqual({ agreement: null });
    const { errors } = await app.ask(AGREEMENT, { coopId: coop.coopId, id: agreementId }, other.admin);
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
