import { error } from '@sveltejs/kit';
import { verify } from '#lib/server/documents/certificates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { piece, axes } = (await locals.api.ask(verify, { input: { certificateId: params.id } })).verify;
  if (piece === null) return error(404, 'There is no such certificate.');
  const holder = axes.find(({ axis }) => axis === 'holder');
  const { title, serial, gtin, tokenId, chainId, contract } = piece;
  return {
    piece: { title, serial, gtin, tokenId, chainId, contract },
    claimed: holder?.reasonName === 'CLAIMED',
    missing: holder?.reasonName === 'REPORTED_MISSING' ? holder.reason : null,
  };
};
