import { liveTicket } from '#lib/server/documents/membership.ts';
import type { RequestHandler } from './$types';

/** A ticket that opens one live connection; the script of a page cannot read the session itself. */
export const POST: RequestHandler = async ({ locals }) => {
  if (locals.session === null) return Response.json(null, { status: 401 });
  const outcome = await locals.api.tell(liveTicket, {});
  return outcome.__typename === 'LiveTicketIssued'
    ? Response.json({ ticket: outcome.ticket })
    : Response.json(null, { status: 429 });
};
