import { redirect } from '@sveltejs/kit';
import { resetPassword } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, setHeaders }) => {
  setHeaders({ 'referrer-policy': 'no-referrer' });
  return { token: url.searchParams.get('token') ?? '' };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const data = await request.formData();
    const newPassword = data.get('newPassword');
    const input = {
      token: text(data, 'token'),
      newPassword: typeof newPassword === 'string' ? newPassword : '',
    };
    const outcome = await locals.api.tell(resetPassword, { input });
    if (outcome.__typename !== 'PasswordReset') return refuse('reset', data, outcome);
    return redirect(303, '/sign-in');
  },
};
