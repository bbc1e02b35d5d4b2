import { error } from '@sveltejs/kit';
import { verify } from '#lib/server/documents/certificates.ts';
import { editionsOf } from '#lib/server/piece-page.ts';
import type { PageServerLoad } from './$types';

const WHOLE = /^[1-9]\d{0,8}$/;

export const load: PageServerLoad = async ({ locals, params }) => {
  const { gtin, serial } = params;
  if (!/^\d{8,14}$/.test(gtin) || !WHOLE.test(serial))
    return error(
      400,
      'This is no address of a piece: it needs a GTIN of 8 to 14 digits and a serial such as 7.',
      { next: 'Compare it with the code on the piece, digit by digit.' },
    );
  const answer = await locals.api.ask(verify, { input: { gtin, serial: Number(serial) } });
  return { verdict: answer.verify, editions: await editionsOf(locals.api, answer.verify) };
};
