import { randomBytes } from 'node:crypto';
import { AcceptInvitation } from '../../../apps/api/src/membership/accept-invitation/accept-invitation.js';
import { CreateApiKey } from '../../../apps/api/src/membership/create-api-key/create-api-key.js';
import { CreateBrand } from '../../../apps/api/src/membership/create-brand/create-brand.js';
import { Credentials } from '../../../apps/api/src/membership/credentials/index.js';
import { CreateCoop, type CoopToCreate } from '../../../apps/api/src/membership/index.js';
import { InviteMember } from '../../../apps/api/src/membership/invite-member/invite-member.js';
import { RequestSignInCode } from '../../../apps/api/src/membership/request-sign-in-code/request-sign-in-code.js';
import { SignInWithCode } from '../../../apps/api/src/membership/sign-in-with-code/sign-in-with-code.js';
import { SignIn } from '../../../apps/api/src/membership/sign-in/sign-in.js';
import type { Role, Scope } from '../../../apps/api/src/platform/auth/index.js';
import type { TestApp } from '../app.js';

/** What a builder needs of the app under test. */
export type Product = Pick<TestApp, 'nest'>;

export interface TestPerson {
  readonly accountId: string;
  readonly email: string;
  readonly token: string;
}

export interface TestMember extends TestPerson {
  readonly password: string;
}

export interface TestCoop {
  readonly coopId: string;
  readonly slug: string;
  /** Holds the roles member and admin. */
  readonly admin: TestMember;
}

export interface TestBrand {
  readonly brandId: string;
  readonly apiKey: string;
  readonly keyId: string;
  readonly owner: TestMember;
}

export const TEST_PASSWORD = 'correct horse battery';

const unique = (): string => randomBytes(6).toString('hex');
const digits = (count: number): string =>
  Array.from(randomBytes(count), (byte) => String(byte % 10)).join('');

/** An e-mail address that nobody else in the test run has. */
export const anEmail = (who = 'person'): string => `${who}-${unique()}@example.org`;

/** An address of the documentation range, so that builders do not use up the limits of the test's own machine. */
const somewhere = (): string => `2001:db8:${unique().slice(0, 4)}:${unique().slice(0, 4)}::1`;

function only<Kind extends string, Outcome extends { readonly kind: string }>(
  kind: Kind,
  outcome: Outcome,
): Extract<Outcome, { readonly kind: Kind }> {
  if (outcome.kind === kind) return outcome as Extract<Outcome, { readonly kind: Kind }>;
  throw new Error(`Expected ${kind}, got ${JSON.stringify(outcome)}.`);
}

/** A token of a fresh session by password; null when the sign-in was refused. */
export async function sessionOf(app: Product, email: string, password: string): Promise<string | null> {
  const outcome = await app.nest.get(SignIn, { strict: false }).run({ email, password, ip: somewhere() });
  return outcome.kind === 'SignInRefused' ? null : only('SignedIn', outcome).session.accessToken;
}

/** The same, of a sign-in that must succeed. */
export async function signedIn(app: Product, email: string, password = TEST_PASSWORD): Promise<string> {
  const token = await sessionOf(app, email, password);
  if (token === null) throw new Error(`Expected ${email} to sign in, but the password was refused.`);
  return token;
}

/** A co-op with its admin. */
export async function aCoop(app: Product, overrides: Partial<CoopToCreate> = {}): Promise<TestCoop> {
  const password = overrides.adminPassword ?? TEST_PASSWORD;
  const input = {
    slug: `coop-${unique()}`,
    name: 'Test Co-op',
    currency: 'EUR',
    domain: 'coop.example',
    gtinPrefix: `4${digits(8)}`,
    adminEmail: anEmail('admin'),
    adminDisplayName: 'Admin',
    ...overrides,
    adminPassword: password,
  };
  const { coopId, adminId } = await app.nest.get(CreateCoop, { strict: false }).run(input);
  const token = await signedIn(app, input.adminEmail, password);
  const admin = { accountId: adminId, email: input.adminEmail, password, token };
  return { coopId, slug: input.slug, admin };
}

/** A member of the co-op with these roles, invited by its admin. */
export async function aMember(
  app: Product,
  coop: TestCoop,
  roles: readonly Role[] = ['member'],
): Promise<TestMember> {
  const email = anEmail('member');
  const invited = only(
    'MemberInvited',
    await app.nest
      .get(InviteMember, { strict: false })
      .run(coop.admin.accountId, { coopId: coop.coopId, email, roles: [...roles] }),
  );
  const invitation = app.nest.get(Credentials, { strict: false }).tokenOf('invitation', invited.invitationId);
  const accepted = only(
    'InvitationAccepted',
    await app.nest
      .get(AcceptInvitation, { strict: false })
      .run({ token: invitation, displayName: `Member ${unique()}`, password: TEST_PASSWORD }),
  );
  const token = await signedIn(app, email);
  return { accountId: accepted.accountId, email, password: TEST_PASSWORD, token };
}

/** A collector, signed in with a code from their mail. */
export async function aCollector(app: Product, email = anEmail('collector')): Promise<TestPerson> {
  const requests = app.nest.get(RequestSignInCode, { strict: false });
  const sent = only('SignInCodeSent', await requests.run({ email, ip: somewhere() }));
  const code = app.nest.get(Credentials, { strict: false }).codeOf(sent.codeId);
  const outcome = await app.nest
    .get(SignInWithCode, { strict: false })
    .run({ email, code, challenge: sent.challenge, ip: somewhere() });
  const { account, session } = only('SignedIn', outcome);
  return { accountId: account.id, email, token: session.accessToken };
}

/** A brand with an API key that has these scopes, owned by a member of a co-op. */
export async function aBrand(
  app: Product,
  owner: TestMember,
  scopes: readonly Scope[] = ['capacity:read', 'catalog:read', 'orders:write'],
): Promise<TestBrand> {
  const brands = app.nest.get(CreateBrand, { strict: false });
  const { brandId } = only('BrandCreated', await brands.run(owner.accountId, `Brand ${unique()}`));
  const keys = app.nest.get(CreateApiKey, { strict: false });
  const created = only(
    'ApiKeyCreated',
    await keys.run(owner.accountId, { brandId, name: 'Test key', scopes: [...scopes] }),
  );
  return { brandId, apiKey: created.key, keyId: created.keyId, owner };
}
