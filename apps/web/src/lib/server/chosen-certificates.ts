import { randomUUID } from 'node:crypto';
import { error, type RequestEvent } from '@sveltejs/kit';
import { forConsole } from './console-page.ts';
import { editionCertificates } from './documents/anchoring.ts';

/** As many as one call withdraws. */
const MOST = 100;

/** The certificates that the address names, as an admin looks at them before they are changed. */
export async function chosenCertificates(
  {
    locals,
    url,
    params,
  }: Pick<RequestEvent, 'locals' | 'url'> & { readonly params: { readonly edition: string } },
  above: { readonly coop: { readonly id: string; readonly name: string }; readonly roles: readonly string[] },
) {
  forConsole(above, true);
  const ids = url.searchParams.getAll('id').slice(0, MOST);
  const { editionAnchorings, certificates } = await locals.api.ask(editionCertificates, {
    ...{ coopId: above.coop.id, editionId: params.edition, standing: null, ids },
    ...{ first: MOST, after: null },
  });
  const edition = editionAnchorings.edges[0]?.node;
  if (edition === undefined) return error(404, 'This co-op has no such edition.');
  return { edition, certificates: certificates.edges.map(({ node }) => node), requestId: randomUUID() };
}
