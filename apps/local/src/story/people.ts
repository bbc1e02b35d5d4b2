import { mailFiles, inMail } from './mailbox.ts';
import type { Api } from './api.ts';

/** Demo accounts are named by role; the password is for this machine only and start:prod refuses such accounts. */
export const DEMO_PASSWORD = 'demo password of one machine';
export const address = (role: string): string => `${role}@demo.touchmark.test`;

/** A person of the story: who they are and how they speak to the API. */
export interface Player {
  readonly role: string;
  readonly accountId: string;
  readonly api: Api;
}

interface SignedIn {
  accessToken: string;
  me: { accountId: string };
}

async function password(api: Api, role: string): Promise<SignedIn | null> {
  const outcome = await api.ask<{ __typename: string } & SignedIn>(
    `mutation ($input: SignInInput!) { signIn(input: $input) {
       __typename ... on SignedIn { accessToken me { accountId } } } }`,
    { input: { email: address(role), password: DEMO_PASSWORD } },
  );
  return outcome.__typename === 'SignedIn' ? outcome : null;
}

async function tryPassword(api: Api, role: string): Promise<Player | null> {
  const signedIn = await password(api, role);
  if (signedIn === null) return null;
  const renew = async (): Promise<string> => {
    const again = await password(api, role);
    if (again === null) throw new Error(`${address(role)} cannot sign in again`);
    return again.accessToken;
  };
  return { role, accountId: signedIn.me.accountId, api: api.as(signedIn.accessToken, renew) };
}

/** Signs a member in by password; throws when there is no such member. */
export async function member(api: Api, role: string): Promise<Player> {
  const player = await tryPassword(api, role);
  if (player === null) throw new Error(`${address(role)} cannot sign in`);
  return player;
}

/** A member of the co-op: signs in, or is invited by the admin, follows the link in the mail and then signs in. */
export async function invited(
  api: Api,
  mailDir: string,
  admin: Player,
  coopId: string,
  player: { role: string; name: string; roles: readonly string[] },
): Promise<Player> {
  const known = await tryPassword(api, player.role);
  if (known !== null) return known;
  const seen = new Set(mailFiles(mailDir));
  await admin.api.does('inviteMember', 'MemberInvited', 'invitationId', {
    coopId,
    email: address(player.role),
    roles: player.roles,
  });
  const token = await inMail(mailDir, address(player.role), /token=([\w.-]+)/, seen);
  await api.does('acceptInvitation', 'InvitationAccepted', 'accountId', {
    token,
    displayName: player.name,
    password: DEMO_PASSWORD,
  });
  return member(api, player.role);
}

async function code(api: Api, mailDir: string, role: string): Promise<SignedIn> {
  const seen = new Set(mailFiles(mailDir));
  const email = address(role);
  const { challenge } = await api.does<{ challenge: string }>(
    'requestSignInCode',
    'SignInCodeSent',
    'challenge',
    {
      email,
    },
  );
  const found = await inMail(mailDir, email, /Your code is (\d{4} ?\d{4})/, seen);
  return api.does<SignedIn>('signInWithCode', 'SignedIn', 'accessToken me { accountId }', {
    email,
    code: found,
    challenge,
  });
}

/** A collector: signs in with a code by mail, no password. */
export async function collector(api: Api, mailDir: string, role: string): Promise<Player> {
  const signedIn = await code(api, mailDir, role);
  const renew = async (): Promise<string> => (await code(api, mailDir, role)).accessToken;
  return { role, accountId: signedIn.me.accountId, api: api.as(signedIn.accessToken, renew) };
}
