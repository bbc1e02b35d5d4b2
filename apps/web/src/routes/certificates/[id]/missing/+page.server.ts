import { error } from '@sveltejs/kit';
import { verify } from '#lib/server/documents/certificates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  const { piece, axes, notProven, retryAfterSeconds } = (
    await locals.api.ask(verify, { input: { certificateId: params.id } })
  ).verify;
  if (retryAfterSeconds !== null) {
    setHeaders({ 'retry-after': String(retryAfterSeconds) });
    return error(429, notProven[0] ?? 'Too many checks came from your network. Try again in a minute.');
  }
  if (piece === null) return error(404, 'There is no such certificate.');
  const holder = axes.find(({ axis }) => axis === 'holder');
  const { title, serial, gtin, tokenId, chainId, contract } = piece;
  return {
    piece: { title, serial, gtin, tokenId, chainId, contract },
    claimed: holder?.reasonName === 'CLAIMED',
    missing: holder?.reasonName === 'REPORTED_MISSING' ? holder.reason : null,
  };
};
