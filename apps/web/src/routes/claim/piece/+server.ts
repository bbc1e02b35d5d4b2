import { certificateBundle } from '#lib/server/documents/certificates.ts';
import { pieceToClaim } from '#lib/server/documents/claims.ts';
import { fresh, needed } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

/** The piece of a printed code and its certificate, for the claim page; the key under the seal never comes here. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const [gtin, serial] = [needed(url, 'gtin'), Number(needed(url, 'serial'))];
  const { verify } = await locals.api.ask(pieceToClaim, { gtin, serial });
  const { certificateId, piece, word, notProven, axes } = verify;
  if (certificateId === null || piece === null)
    return fresh({ problem: notProven[0] ?? 'There is no such piece.' });
  const answer = await locals.api.ask(certificateBundle, { certificateId });
  const claimed = axes.some(
    ({ reasonName }) => reasonName === 'CLAIMED' || reasonName === 'REPORTED_MISSING',
  );
  return fresh({ word, certificateId, ...piece, claimed, bundle: answer.certificateBundle });
};
