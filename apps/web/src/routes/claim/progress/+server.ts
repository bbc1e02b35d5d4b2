import { certificateClaim } from '#lib/server/documents/claims.ts';
import { fresh, needed } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

/** How far a claim has come; who knows its id may ask. */
export const GET: RequestHandler = async ({ locals, url }) =>
  fresh((await locals.api.ask(certificateClaim, { id: needed(url, 'id') })).certificateClaim);
