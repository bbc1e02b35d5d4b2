import { withdraw } from '#lib/server/change-actions.ts';
import { chosenCertificates } from '#lib/server/chosen-certificates.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => chosenCertificates(event, await rolesOn(event));

export const actions: Actions = { default: withdraw };
