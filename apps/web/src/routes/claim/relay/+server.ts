import { error } from '@sveltejs/kit';
import { claimCertificate } from '#lib/server/documents/claims.ts';
import { fresh } from '#lib/server/json-answer.ts';
import type { RequestHandler } from './$types';

const FIELDS = ['certificateId', 'recipient', 'deadline', 'signature', 'requestId'] as const;

/** Has the co-op send a claim that the piece's key signed; the key itself stays on the device. */
export const POST: RequestHandler = async ({ locals, request }) => {
  const sent = await request.formData();
  const [certificateId, recipient, deadline, signature, requestId] = FIELDS.map((name) => {
    const value = sent.get(name);
    return typeof value === 'string' ? value : error(400, `The claim lacks ${name}.`);
  }) as [string, string, string, string, string];
  const input = { certificateId, recipient, deadline, signature, requestId };
  const outcome = await locals.api.tell(claimCertificate, { input });
  return outcome.__typename === 'ClaimRelayed'
    ? fresh({ id: outcome.claim.id })
    : fresh({ problem: outcome.message });
};
