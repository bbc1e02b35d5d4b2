import { DAY_MS, type OccurrenceDays } from '@touchmark/calendar';
import { RRuleTemporal } from 'rrule-temporal';

const stamp = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');

/**
 * The days of a rule, by the one library that knows recurrence rules. It is only ever asked for days, as midnights of
 * UTC: what the clocks of a workshop show on them is the calendar's to say, in one way for hours, grids and series.
 */
export const occurrenceDays: OccurrenceDays = (rule, firstDay, lastDay) => {
  const rruleString = `DTSTART;TZID=UTC:${stamp(firstDay)}T000000\nRRULE:${rule}`;
  return new RRuleTemporal({ rruleString })
    .between(new Date(firstDay * DAY_MS), new Date(lastDay * DAY_MS), true)
    .map(({ epochMilliseconds }) => epochMilliseconds / DAY_MS)
    .filter((day) => day >= firstDay && day <= lastDay);
};
