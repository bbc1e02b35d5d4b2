import { requestSignInCode, signIn } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { CHALLENGE_COOKIE, CHALLENGE_SECONDS } from '#lib/server/challenge.ts';
import { goOn, openSession } from '#lib/server/open-session.ts';
import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({ next: url.searchParams.get('next') ?? '/' });

export const actions: Actions = {
  password: async (event) => {
    const data = await event.request.formData();
    const password = data.get('password');
    const input = { email: text(data, 'email'), password: typeof password === 'string' ? password : '' };
    const refusal = await openSession(event, signIn, { input });
    return refusal === null ? goOn(text(data, 'next')) : refuse('password', data, refusal);
  },
  code: async ({ request, locals, cookies, url }) => {
    const data = await request.formData();
    const email = text(data, 'email');
    const outcome = await locals.api.tell(requestSignInCode, { input: { email } });
    if (outcome.__typename !== 'SignInCodeSent') return refuse('code', data, outcome);
    cookies.set(CHALLENGE_COOKIE, outcome.challenge, {
      path: '/sign-in',
      httpOnly: true,
      sameSite: 'lax',
      secure: url.protocol === 'https:',
      maxAge: CHALLENGE_SECONDS,
    });
    const search = new URLSearchParams({ email, next: text(data, 'next') });
    return redirect(303, `/sign-in/code?${search.toString()}`);
  },
};
