import { type Instead, insteadOf } from '#lib/instead-words.ts';
import { type Picked, pickedIn, windowOf } from './calendar/picked.ts';

/** A series as an address or a form says it. */
export interface AskedSeries extends Picked {
  readonly every: string;
  readonly times: string;
  readonly days: readonly string[];
  /** An RRULE of one's own; empty for the choice above. */
  readonly own: string;
  readonly instead: readonly Instead[];
  /** Starts that are not wanted. */
  readonly leaveOut: readonly string[];
}

type Fields = Pick<URLSearchParams, 'get' | 'getAll'>;

/** The last word on each occurrence counts; one that is to be back at its own time has none. */
function insteadIn(fields: Fields): Instead[] {
  const said = fields.getAll('instead').flatMap((words) => insteadOf(words) ?? []);
  const last = new Map(said.map((one) => [one.occurrenceAt, one]));
  last.delete(fields.get('back') ?? '');
  return [...last.values()];
}

export const seriesIn = (fields: Fields): AskedSeries => ({
  ...pickedIn(fields),
  every: fields.get('every')?.trim() ?? '1',
  times: fields.get('times')?.trim() ?? '8',
  days: fields.getAll('days'),
  own: fields.get('own')?.trim() ?? '',
  instead: insteadIn(fields),
  leaveOut: fields.getAll('leaveOut'),
});

const whole = (words: string): number | null => (/^[1-9]\d?$/.test(words) ? Number(words) : null);

/** The input of the API's plan and booking, or what is wrong and in which field. */
export function seriesInput(coopId: string, zone: string, asked: AskedSeries) {
  const window = windowOf(zone, asked);
  if ('message' in window) return window;
  const [every, times] = [whole(asked.every), whole(asked.times)];
  if (asked.own === '' && every === null)
    return { field: 'every', message: 'Give a number of weeks from 1 to 99.' };
  if (asked.own === '' && times === null)
    return { field: 'times', message: 'Give a number of times from 1 to 99.' };
  const days = asked.days.length > 0 ? `;BYDAY=${asked.days.join(',')}` : '';
  return {
    ...{ coopId, cellId: asked.cellId ?? '', stationId: asked.stationId, family: asked.family },
    ...{ useCredits: asked.useCredits, minutes: Number(asked.minutes), instead: [...asked.instead] },
    firstAt: new Date(window.fromAt).toISOString(),
    rule:
      asked.own === '' ? `FREQ=WEEKLY;INTERVAL=${String(every)}${days};COUNT=${String(times)}` : asked.own,
  };
}
