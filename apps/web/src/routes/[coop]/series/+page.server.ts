import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { formatMoney } from '@touchmark/money';
import { bookSeries, cancelSeries, cellList, planSeries, seriesPage } from '#lib/server/documents/series.ts';
import { refuse, text } from '#lib/server/forms.ts';
import { seriesIn, seriesInput } from '#lib/server/series-form.ts';
import { workshopsOf } from '#lib/server/workshops.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  if (event.locals.session === null)
    return redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  const { coop } = await event.parent();
  const { workshop } = await workshopsOf(event, coop.id);
  const asked = seriesIn(event.url.searchParams);
  const plan = async () => {
    if (!event.url.searchParams.has('plan')) return null;
    const input = seriesInput(coop.id, workshop.timeZone, asked);
    if ('message' in input) return { kind: 'refused' as const, message: input.message };
    const { planSeries: outcome } = await event.locals.api.ask(planSeries, { input });
    return outcome.__typename === 'SeriesPlanned'
      ? { kind: 'planned' as const, ...outcome }
      : { kind: 'refused' as const, message: outcome.message };
  };
  const [planned, { workshop: floor }, { mySeries }] = await Promise.all([
    plan(),
    event.locals.api.ask(cellList, { coopId: coop.id, id: workshop.id }),
    event.locals.api.ask(seriesPage, { coopId: coop.id, after: event.url.searchParams.get('after') }),
  ]);
  const { hasNextPage, endCursor } = mySeries.pageInfo;
  return {
    workshop,
    asked,
    plan: planned,
    cells: floor?.cells ?? [],
    series: mySeries.edges.map(({ node }) => ({ ...node, requestId: randomUUID() })),
    after: hasNextPage ? endCursor : null,
    requestId: randomUUID(),
  };
};

const all = (data: FormData) => ({
  get: (name: string) => data.getAll(name).find((value) => typeof value === 'string') ?? null,
  getAll: (name: string) => data.getAll(name).filter((value) => typeof value === 'string'),
});

export const actions: Actions = {
  book: async ({ request, locals }) => {
    const data = await request.formData();
    const asked = seriesIn(all(data));
    const input = seriesInput(text(data, 'coopId'), text(data, 'zone'), asked);
    if ('message' in input) return refuse('book', data, input);
    const wanted = {
      leaveOut: [...asked.leaveOut],
      maxTotalMinor: text(data, 'totalMinor'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(bookSeries, { input: { ...input, ...wanted } });
    if (outcome.__typename !== 'SeriesBooked') {
      // A field that stands there many times is kept whole.
      data.set('leaveOut', asked.leaveOut.join(' '));
      return refuse('book', data, outcome);
    }
    const amount = { amountMinor: BigInt(outcome.totalMinor), currency: text(data, 'currency') };
    return { done: `Booked. ${formatMoney(amount)} was charged to your account with the co-op.` };
  },
  cancel: async ({ request, locals }) => {
    const data = await request.formData();
    const input = {
      coopId: text(data, 'coopId'),
      seriesId: text(data, 'seriesId'),
      requestId: text(data, 'requestId'),
    };
    const outcome = await locals.api.tell(cancelSeries, { input });
    if (outcome.__typename !== 'SeriesCancelled') return refuse('cancel', data, outcome);
    const kept = { amountMinor: BigInt(outcome.feeMinor), currency: text(data, 'currency') };
    const fee = kept.amountMinor > 0n ? ` ${formatMoney(kept)} stays charged for short notice.` : '';
    return { done: `${String(outcome.cancelled)} bookings are cancelled.${fee}` };
  },
};
