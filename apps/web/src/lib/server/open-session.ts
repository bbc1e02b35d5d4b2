import type { RequestEvent } from '@sveltejs/kit';
import { redirect } from '@sveltejs/kit';
import { type Document, send } from './graphql-request.ts';
import { refreshTokenIn, writeSession } from './session.ts';

interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: string;
}

export interface SignInRefusal {
  readonly message: string;
}

/** Sends a sign-in and keeps its tokens in the session cookie; answers only the refusal. */
export async function openSession<Data extends object, Variables>(
  event: RequestEvent,
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<SignInRefusal | null> {
  const answer = await send(document, variables, { token: null, address: event.getClientAddress() });
  const [fault] = answer.faults;
  if (fault?.code === 'BAD_USER_INPUT') return { message: fault.message };
  if (answer.data === null) throw new Error(fault?.message ?? 'The sign-in was not answered.');
  const outcome = Object.values(answer.data)[0] as Partial<Tokens> & { message?: string };
  if (outcome.accessToken === undefined || outcome.expiresAt === undefined)
    return { message: outcome.message ?? 'Nobody was signed in. Try again.' };
  const refresh = refreshTokenIn(answer.setCookies);
  if (refresh === null) throw new Error('The API opened a session without a refresh token.');
  writeSession(event, {
    accessToken: outcome.accessToken,
    expiresAt: Date.parse(outcome.expiresAt),
    ...refresh,
  });
  return null;
}

/** Where a sign-in leads: a path of this site, never another site. */
export function goOn(next: string): never {
  const inside = /^\/(?![/\\])/.test(next) ? next : '/';
  return redirect(303, inside);
}
