import { randomUUID } from 'node:crypto';
import { error, redirect } from '@sveltejs/kit';
import { presentTap, recordScan, verify } from '#lib/server/documents/certificates.ts';
import { refuse } from '#lib/server/forms.ts';
import { editionsOf, tellStatus } from '#lib/server/piece-page.ts';
import type { Actions, PageServerLoad } from './$types';

const WHOLE = /^[1-9]\d{0,8}$/;
const TAP_COOKIE = 'touchmark_tap';
const DAY_SECONDS = 86_400;

/** The two numbers of the printed code; anything else is no address of a piece. */
function pieceOf({ gtin, serial }: { gtin: string; serial: string }): { gtin: string; serial: number } {
  if (/^\d{8,14}$/.test(gtin) && WHOLE.test(serial)) return { gtin, serial: Number(serial) };
  return error(
    400,
    'This is no address of a piece: it needs a GTIN of 8 to 14 digits and a serial such as 7.',
    {
      next: 'Compare it with the code on the piece, digit by digit.',
    },
  );
}

/** What a tag in the piece wrote into its link; null when nothing of the form stands there. */
function tapOf(search: URLSearchParams): { readonly picc: string; readonly mac: string } | null {
  const [picc, mac] = [search.get('picc') ?? '', search.get('mac') ?? ''];
  return /^[0-9a-f]{32}$/i.test(picc) && /^[0-9a-f]{16}$/i.test(mac) ? { picc, mac } : null;
}

/** Whether a person opened the page, not a preview or a browser that fetches ahead. */
const isOpened = ({ method, headers }: Request): boolean =>
  method === 'GET' && !/prefetch|preview/.test(headers.get('sec-purpose') ?? headers.get('purpose') ?? '');

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, request, cookies } = event;
  const piece = pieceOf(params);
  const code = tapOf(url.searchParams);
  const tap = code && { ...code, session: cookies.get(TAP_COOKIE) ?? null };
  if (isOpened(request)) await locals.api.tell(recordScan, { input: piece });
  const verdict = (await locals.api.ask(verify, { input: { ...piece, tap } })).verify;
  tellStatus(event, verdict);
  return { verdict, editions: await editionsOf(locals.api, verdict) };
};

export const actions: Actions = {
  /** Spends the code of a tag for this browser; a link that is only opened never does. */
  tap: async ({ locals, params, url, request, cookies }) => {
    const code = tapOf(url.searchParams);
    const data = await request.formData();
    if (code === null)
      return refuse('tap', data, { message: 'The code of the tag is not whole. Tap the piece again.' });
    const session = cookies.get(TAP_COOKIE) ?? randomUUID();
    cookies.set(TAP_COOKIE, session, { path: '/01', maxAge: DAY_SECONDS, httpOnly: true, sameSite: 'lax' });
    const outcome = await locals.api.tell(presentTap, { input: { ...pieceOf(params), ...code, session } });
    if ('message' in outcome) return refuse('tap', data, outcome);
    return redirect(303, `${url.pathname}?${new URLSearchParams(code).toString()}`);
  },
};
