import { at } from '#lib/form-rows.ts';
import { TIER_ROWS, policyFacts, policyFields } from '#lib/policy-words.ts';
import { policyPage, setBookingPolicy } from '#lib/server/documents/booking-policy.ts';
import { FormReader } from '#lib/server/form-reader.ts';
import { refuse } from '#lib/server/forms.ts';
import { rolesOn } from '#lib/server/member-page.ts';
import { byRow } from '#lib/server/row-refusals.ts';
import { backTo } from '#lib/server/saved-at.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { coop, roles } = await rolesOn(event);
  const { bookingPolicy } = await event.locals.api.ask(policyPage, { coopId: coop.id });
  return {
    admin: roles.includes('ADMIN'),
    facts: policyFacts(bookingPolicy),
    fields: policyFields(bookingPolicy),
    saved: event.url.searchParams.get('saved') !== null,
  };
};

const ACTUAL = ['FROZEN', 'UP', 'BOTH'] as const;

export const actions: Actions = {
  set: async ({ request, locals, url }) => {
    const data = await request.formData();
    const read = new FormReader(data);
    const rows = read.rows('notice', TIER_ROWS);
    const input = {
      coopId: read.text('coopId'),
      cancelTiers: rows.map((row) => ({
        noticeHours: read.whole(at('notice', row), 'With so many hours of notice'),
        feePercent: read.whole(at('fee', row), 'cancelling costs'),
      })),
      noShowPercent: read.whole('noShowPercent', 'Nobody came, %'),
      noShowAfterMinutes: read.whole('noShowAfterMinutes', 'Minutes after the start'),
      actualMinutes: ACTUAL.find((value) => value === read.text('actualMinutes')) ?? 'FROZEN',
      waitingAnswerMinutes: read.whole('waitingAnswerMinutes', 'Minutes to answer'),
    };
    if (read.fault !== null) return refuse('policy', data, read.fault);
    const outcome = await locals.api.tell(setBookingPolicy, { input });
    if (outcome.__typename === 'BookingPolicySet') return backTo(url, 'rules');
    const sent = rows.map((row) => ({
      name: `The line of ${read.text(at('notice', row))} hours`,
      field: at('notice', row),
    }));
    return refuse('policy', data, byRow(outcome, sent));
  },
};
