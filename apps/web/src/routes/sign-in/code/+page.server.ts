import { CHALLENGE_COOKIE } from '#lib/server/challenge.ts';
import { signInWithCode } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { goOn, openSession } from '#lib/server/open-session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  email: url.searchParams.get('email') ?? '',
  next: url.searchParams.get('next') ?? '/',
});

export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData();
    const challenge = event.cookies.get(CHALLENGE_COOKIE);
    if (challenge === undefined)
      return refuse('code', data, {
        message: 'This browser asked for no code in the last ten minutes. Ask for a new one here.',
      });
    const input = { email: text(data, 'email'), code: text(data, 'code'), challenge };
    const refusal = await openSession(event, signInWithCode, { input });
    if (refusal !== null) return refuse('code', data, refusal);
    event.cookies.delete(CHALLENGE_COOKIE, { path: '/sign-in' });
    return goOn(text(data, 'next'));
  },
};
