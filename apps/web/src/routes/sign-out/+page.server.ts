import { redirect } from '@sveltejs/kit';
import { signOut, signOutEverywhere } from '#lib/server/documents/membership.ts';
import { send } from '#lib/server/graphql-request.ts';
import { clearSession } from '#lib/server/session.ts';
import { text } from '#lib/server/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const data = await event.request.formData();
    const { session } = event.locals;
    const caller = { token: session?.accessToken ?? null, address: event.getClientAddress() };
    const everywhere = text(data, 'where') === 'everywhere';
    const sent = everywhere ? send(signOutEverywhere, {}, caller) : send(signOut, {}, caller);
    // An ended session is signed out as well: whatever the API answers, this browser forgets it.
    await sent.catch(() => null);
    clearSession(event);
    return redirect(303, '/');
  },
};
