import { epochDayOf } from '@touchmark/calendar';
import type { RequestEvent } from '@sveltejs/kit';
import { isoDate } from '#lib/time.ts';
import {
  addClosure,
  addHolidays,
  removeClosure,
  setOpeningHours,
  setOwnHours,
} from './documents/workshop-settings.ts';
import { refuse, text } from './forms.ts';
import { hoursIn } from './hours-form.ts';
import { momentIn } from './moment.ts';
import { byRow } from './row-refusals.ts';
import { backTo } from './saved-at.ts';

type Asked = Pick<RequestEvent, 'request' | 'locals' | 'url'>;

/** The cell and station that a form is about; neither for the whole workshop. */
const placeIn = (data: FormData) => {
  const [cellId = '', stationId = ''] = text(data, 'place').split(' ');
  return { cellId: cellId || null, stationId: stationId || null };
};

const NO_HOURS = { kind: 'Read' as const, hours: [], sent: [] };

async function hours({ request, locals, url }: Asked) {
  const data = await request.formData();
  const read = data.has('none') ? NO_HOURS : hoursIn(data);
  if (read.kind === 'Unreadable') return refuse('hours', data, read.fault);
  const [coopId, openingHours] = [text(data, 'coopId'), read.hours];
  const { cellId, stationId } = placeIn(data);
  const outcome =
    cellId === null
      ? await locals.api.tell(setOpeningHours, {
          input: { coopId, workshopId: text(data, 'workshopId'), openingHours },
        })
      : await locals.api.tell(setOwnHours, { input: { coopId, cellId, stationId, openingHours } });
  if (outcome.__typename === 'OpeningHoursSet' || outcome.__typename === 'OwnHoursSet')
    return backTo(url, 'hours');
  return refuse('hours', data, byRow(outcome, read.sent));
}

const whereIn = (data: FormData) => ({
  coopId: text(data, 'coopId'),
  workshopId: text(data, 'workshopId'),
  reason: text(data, 'reason'),
  ...placeIn(data),
});

/** What the API calls the fields of a closure, as the form calls them. */
const FORM_FIELDS: Readonly<Record<string, string>> = { fromAt: 'fromDay', toAt: 'toDay', dates: 'firstDay' };

const named = (outcome: { readonly message: string; readonly field?: string }) =>
  outcome.field === undefined ? outcome : { ...outcome, field: FORM_FIELDS[outcome.field] ?? outcome.field };

async function close({ request, locals, url }: Asked) {
  const data = await request.formData();
  const zone = text(data, 'zone');
  const [fromAt, toAt] = [momentIn(data, zone, 'from'), momentIn(data, zone, 'to')];
  if (typeof fromAt !== 'string') return refuse('close', data, fromAt);
  if (typeof toAt !== 'string') return refuse('close', data, toAt);
  const kind = text(data, 'kind') === 'MAINTENANCE' ? ('MAINTENANCE' as const) : ('CLOSURE' as const);
  const outcome = await locals.api.tell(addClosure, { input: { ...whereIn(data), kind, fromAt, toAt } });
  return outcome.__typename === 'ClosureAdded'
    ? backTo(url, 'closures')
    : refuse('close', data, named(outcome));
}

const MOST_DAYS = 100;

/** Whole days from the first to the last, as the API takes them. */
async function holidays({ request, locals, url }: Asked) {
  const data = await request.formData();
  const first = epochDayOf(text(data, 'firstDay'));
  const last = text(data, 'lastDay') === '' ? first : epochDayOf(text(data, 'lastDay'));
  if (first === null)
    return refuse('holidays', data, { field: 'firstDay', message: 'Give a day, such as 2026-12-25.' });
  if (last === null || last < first || last - first >= MOST_DAYS)
    return refuse('holidays', data, {
      field: 'lastDay',
      message: `The last day comes before the first, or more than ${String(MOST_DAYS)} days after it. Give a day from the first on.`,
    });
  const dates = Array.from({ length: last - first + 1 }, (_, days) => isoDate(first + days));
  const outcome = await locals.api.tell(addHolidays, { input: { ...whereIn(data), dates } });
  return outcome.__typename === 'HolidaysAdded'
    ? backTo(url, 'closures')
    : refuse('holidays', data, named(outcome));
}

async function lift({ request, locals, url }: Asked) {
  const data = await request.formData();
  const input = { coopId: text(data, 'coopId'), closureId: text(data, 'closureId') };
  const outcome = await locals.api.tell(removeClosure, { input });
  return outcome.__typename === 'ClosureRemoved' ? backTo(url, 'closures') : refuse('lift', data, outcome);
}

export const workshopActions = { hours, close, holidays, lift };
