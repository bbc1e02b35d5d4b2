import { redirect } from '@sveltejs/kit';
import { acceptInvitation } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, setHeaders }) => {
  // The address holds a secret; it must not travel with a click to elsewhere.
  setHeaders({ 'referrer-policy': 'no-referrer' });
  return { token: url.searchParams.get('token') ?? '' };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const data = await request.formData();
    const password = data.get('password');
    const input = {
      token: text(data, 'token'),
      displayName: text(data, 'displayName'),
      password: typeof password === 'string' ? password : '',
    };
    const outcome = await locals.api.tell(acceptInvitation, { input });
    if (outcome.__typename !== 'InvitationAccepted') return refuse('accept', data, outcome);
    return redirect(303, '/sign-in');
  },
};
