import { error } from '@sveltejs/kit';
import { certificateBundle } from '#lib/server/documents/certificates.ts';
import type { RequestHandler } from './$types';

/** The certificate as its canonical bytes: a verifier refuses any other spelling. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const answer = await locals.api.ask(certificateBundle, { certificateId: params.id });
  if (answer.certificateBundle === null) return error(404, 'There is no such certificate.');
  return new Response(answer.certificateBundle, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="touchmark-${params.id.replace(/[^\w-]/g, '')}.json"`,
    },
  });
};
