import { claimPreparation } from '#lib/server/documents/claims.ts';
import { fresh, needed } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

/** What stands in the way of a claim, and until when it is to be signed. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const asked = { certificateId: needed(url, 'certificate'), recipient: needed(url, 'recipient') };
  return fresh((await locals.api.ask(claimPreparation, asked)).claimPreparation);
};
