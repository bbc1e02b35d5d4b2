import { error } from '@sveltejs/kit';
import { printCard } from '#lib/server/documents/cards.ts';
import { coopBySlug } from '#lib/server/documents/membership.ts';
import type { RequestHandler } from './$types';

/** The card of a piece as a PDF, by POST: each is a print on record, and no link or preview may make one. */
export const POST: RequestHandler = async ({ locals, params }) => {
  const { coop } = await locals.api.ask(coopBySlug, { slug: params.coop });
  if (coop === null) return error(404, `No co-op here is called “${params.coop}”.`);
  const input = { coopId: coop.id, certificateId: params.certificate };
  const printed = await locals.api.tell(printCard, { input });
  if (printed.__typename !== 'CardPrinted') return error(404, printed.message);
  return new Response(Buffer.from(printed.pdf, 'base64'), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${printed.fileName.replace(/[^\w.-]/g, '')}"`,
      // It holds the key of the piece: no cache keeps it.
      'cache-control': 'no-store',
    },
  });
};
