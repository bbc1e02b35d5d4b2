import { rolesOn } from '#lib/server/member-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ roles: (await rolesOn(event)).roles });
