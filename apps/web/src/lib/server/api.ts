import { error, redirect } from '@sveltejs/kit';
import { REGION_HEADER } from '$app/env/private';
import type { RequestEvent } from '@sveltejs/kit';
import { type Answer, type Document, send } from './graphql-request.ts';
import { renewSession } from './renew-session.ts';
import { clearSession, writeSession } from './session.ts';

/** An input that the API could not read: shown beside the form, like a refusal. */
export interface BadInput {
  readonly __typename: 'BadInput';
  readonly message: string;
}

/** A question that nobody may answer here ends the request: as a sign-in, or as an error page in plain words. */
export interface Api {
  ask<Data, Variables>(document: Document<Data, Variables>, variables: Variables): Promise<Data>;
  /** Sends a mutation of one field and answers its outcome. */
  tell<Data extends object, Variables>(
    document: Document<Data, Variables>,
    variables: Variables,
  ): Promise<Data[keyof Data] | BadInput>;
}

export function apiOf(event: RequestEvent): Api {
  return {
    ask: async (document, variables) => dataOf(event, await sendAs(event, document, variables)),
    tell: async (document, variables) => {
      const answer = await sendAs(event, document, variables);
      const bad = answer.faults.find(({ code }) => code === 'BAD_USER_INPUT');
      if (bad) return { __typename: 'BadInput', message: bad.message };
      const data = dataOf(event, answer);
      return Object.values(data)[0] as (typeof data)[keyof typeof data];
    },
  };
}

async function sendAs<Data, Variables>(
  event: RequestEvent,
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const attempt = () =>
    send(document, variables, {
      token: event.locals.session?.accessToken ?? null,
      address: event.getClientAddress(),
      region: REGION_HEADER === '' ? null : event.request.headers.get(REGION_HEADER),
    }).catch(unreachable);
  const answer = await attempt();
  const refused = answer.faults.some(({ code }) => code === 'UNAUTHENTICATED');
  // The token may have ended by the API's clock and not by this one: exchanged once, then asked again.
  if (!refused || event.locals.session === null) return answer;
  await renew(event);
  return attempt();
}

/** Exchanges the session of the request; it is gone afterwards when it has ended. */
export async function renew(event: RequestEvent): Promise<void> {
  const { session } = event.locals;
  if (session === null) return;
  const renewal = await renewSession(session, event.url.origin, event.getClientAddress()).catch(unreachable);
  if (renewal.kind === 'Ended') {
    clearSession(event);
    event.locals.session = null;
    return;
  }
  event.locals.session = renewal.session;
  if (renewal.stored) writeSession(event, renewal.session);
}

function dataOf<Data>(event: RequestEvent, { data, faults }: Answer<Data>): Data {
  const [fault] = faults;
  if (fault === undefined && data !== null) return data;
  if (fault === undefined) throw new Error('The API answered neither data nor an error.');
  switch (fault.code) {
    case 'UNAUTHENTICATED':
      return redirect(303, `/sign-in?next=${encodeURIComponent(pathOf(event))}`);
    case 'FORBIDDEN':
      return error(403, fault.message, {
        next: 'Ask an admin of the co-op for the role, or sign in as somebody who has it.',
      });
    case 'BAD_USER_INPUT':
      return error(400, fault.message);
    case 'TRY_AGAIN':
      return error(503, 'Many people asked for this at once.', { next: 'Try again in a moment.' });
    default:
      throw new Error(fault.message);
  }
}

function unreachable(): never {
  return error(503, 'The service behind this page is not reachable just now.', {
    next: 'Nothing was changed. Try again in a minute.',
  });
}

/** Where to come back to after signing in; an action's name is left out, since a GET has none. */
function pathOf({ url }: RequestEvent): string {
  const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
  const search = new URLSearchParams(kept).toString();
  return search === '' ? url.pathname : `${url.pathname}?${search}`;
}
