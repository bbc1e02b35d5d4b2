import { editionCheckpoint, pieceToClaim } from '#lib/server/documents/claims.ts';
import { fresh, needed } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

/** An edition for a device to keep: its checkpoint, and what to call it. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const gtin = needed(url, 'gtin');
  const { editionCheckpoint: checkpoint } = await locals.api.ask(editionCheckpoint, { gtin });
  if (checkpoint === null)
    return fresh({
      problem:
        'No edition of this GTIN stands on chain yet, or it cannot be read just now. Try again in a minute.',
    });
  // A checkpoint says nothing of names; serial 1 stands in every edition that has one.
  const { piece } = (await locals.api.ask(pieceToClaim, { gtin, serial: 1 })).verify;
  return fresh({
    gtin: gtin.padStart(14, '0'),
    title: piece?.title ?? null,
    coopName: piece?.coopName ?? null,
    checkpoint,
  });
};
