import type { RequestEvent } from '@sveltejs/kit';

/** Tells machines that were given the page where the list of its links is (RFC 9264); the API answers them at the same address. */
export function tellLinkset({ route, url }: RequestEvent, { headers, status }: Response): void {
  if (route.id !== '/01/[gtin]/21/[serial]' || status !== 200) return;
  headers.append(
    'link',
    `<${url.origin}${url.pathname}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`,
  );
  headers.append('vary', 'Accept');
  headers.set('access-control-allow-origin', '*');
}
