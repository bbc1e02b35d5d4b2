import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { apiOf, renew } from '#lib/server/api.ts';
import { tellLinkset } from '#lib/server/resolver/tell-linkset.ts';
import { readSession } from '#lib/server/session.ts';

const RENEW_BEFORE_MS = 60_000;

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.session = readSession(event.cookies);
  event.locals.api = apiOf(event);
  event.locals.status = null;
  if (event.locals.session !== null && event.locals.session.expiresAt - Date.now() < RENEW_BEFORE_MS)
    await renew(event);
  const response = withStatus(await resolve(event), event.isDataRequest ? null : event.locals.status);
  tellLinkset(event, response);
  // A page shows who is signed in, so nobody else may be given it from a cache.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  return response;
};

/**
 * A page that was written as if all were well keeps its words and gets the status that tells machines the same. What a page in the
 * browser loads its data by does not: the page would take it for a fault.
 */
function withStatus(response: Response, status: number | null): Response {
  if (status === null || response.status !== 200) return response;
  return new Response(response.body, { status, headers: response.headers });
}

export const handleError: HandleServerError = (caught) => {
  // Thrown by our own pages, in plain words already.
  if (caught.kind === 'app') return {};
  if (caught.kind === 'framework') {
    if (caught.error.status === 404) return { message: 'There is no page at this address.' };
    if (caught.error.status === 413)
      return { message: 'The file is larger than this page takes: at most 900 KB.' };
    return {};
  }
  const errorId = randomUUID();
  const { error, event } = caught;
  const err = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  const line = { level: 50, time: Date.now(), errorId, path: event.url.pathname, err };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  return {
    message: 'Something went wrong on our side.',
    next: 'Try again. If it stays, tell the co-op the number below: our log carries it too.',
    errorId,
  };
};
