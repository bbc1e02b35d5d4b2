import { requestPasswordReset } from '#lib/server/documents/membership.ts';
import { refuse, text } from '#lib/server/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const data = await request.formData();
    const outcome = await locals.api.tell(requestPasswordReset, { input: { email: text(data, 'email') } });
    if ('__typename' in outcome) return refuse('forgot', data, outcome);
    return { sent: outcome.message };
  },
};
