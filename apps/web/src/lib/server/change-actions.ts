import { redirect, type RequestEvent } from '@sveltejs/kit';
import { reasonOf } from '../anchoring-words.ts';
import { replaceCertificate, revokeCertificates } from './documents/anchoring.ts';
import { NOT_UNDERSTOOD, refuse, text } from './forms.ts';

type Asked = Pick<RequestEvent, 'request' | 'locals' | 'url'>;

const NO_REASON = { message: 'Choose the reason that shall stand on chain.', field: 'reason' };

/** Back to the page of the edition, which says what was done. */
function backToEdition(url: URL, saved: string): never {
  const edition = url.pathname.slice(0, url.pathname.lastIndexOf('/'));
  return redirect(303, `${edition}?saved=${saved}#certificates`);
}

/** Withdraws the certificates that the form names, all by one call. */
export async function withdraw({ request, locals, url }: Asked) {
  const data = await request.formData();
  const reason = reasonOf(text(data, 'reason'));
  if (reason === null) return refuse('withdraw', data, NO_REASON);
  if (text(data, 'understood') !== 'yes') return refuse('withdraw', data, NOT_UNDERSTOOD);
  const certificateIds = data.getAll('id').filter((id): id is string => typeof id === 'string');
  const input = {
    ...{ coopId: text(data, 'coopId'), certificateIds, reason, words: text(data, 'words') },
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(revokeCertificates, { input });
  return outcome.__typename === 'CertificatesRevoked'
    ? backToEdition(url, 'withdrawn')
    : refuse('withdraw', data, outcome);
}

/** Writes one certificate anew. */
export async function replace({ request, locals, url }: Asked) {
  const data = await request.formData();
  const reason = reasonOf(text(data, 'reason'));
  if (reason === null) return refuse('replace', data, NO_REASON);
  if (text(data, 'understood') !== 'yes') return refuse('replace', data, NOT_UNDERSTOOD);
  const input = {
    ...{ coopId: text(data, 'coopId'), certificateId: text(data, 'id'), reason, words: text(data, 'words') },
    ...{ newClaimKey: text(data, 'newClaimKey') === 'yes', requestId: text(data, 'requestId') },
  };
  const outcome = await locals.api.tell(replaceCertificate, { input });
  return outcome.__typename === 'CertificateReplaced'
    ? backToEdition(url, 'replaced')
    : refuse('replace', data, outcome);
}
