import { editionCheckpoint, pieceToClaim } from '#lib/server/documents/claims.ts';
import { fresh, needed, tooMany } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

/** An edition for a device to keep: its checkpoint, and what to call it. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const gtin = needed(url, 'gtin');
  // A checkpoint says nothing of names; serial 1 stands in every edition that has one.
  const { piece, notProven, retryAfterSeconds } = (await locals.api.ask(pieceToClaim, { gtin, serial: 1 }))
    .verify;
  // Whoever asks too often gets nothing to keep: no word that there is no such edition, and no edition without its name.
  if (retryAfterSeconds !== null) return tooMany(notProven[0] ?? 'Too much was asked.', retryAfterSeconds);
  const { editionCheckpoint: checkpoint } = await locals.api.ask(editionCheckpoint, { gtin });
  if (checkpoint === null)
    return fresh({
      problem:
        'No edition of this GTIN stands on chain yet, or it cannot be read just now. Try again in a minute.',
    });
  return fresh({
    gtin: gtin.padStart(14, '0'),
    title: piece?.title ?? null,
    coopName: piece?.coopName ?? null,
    checkpoint,
  });
};
