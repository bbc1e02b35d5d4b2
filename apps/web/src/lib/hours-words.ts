import { dayChoices, dayRows } from './day-choices.ts';
import { type Column, type Values, fieldsOfRows } from './form-rows.ts';
import { clock } from './time.ts';

/** As many as the API takes. */
export const HOURS_ROWS = 70;

export interface Hours {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
}

export const hoursColumns: readonly Column[] = [
  { name: 'days', label: 'Days', choices: [['', 'none'], ...dayChoices] },
  { name: 'from', label: 'Opens', type: 'time' },
  { name: 'to', label: 'Closes', type: 'time' },
];

/** What stands in the form for weekly hours, days with the same hours together. */
export const hoursFields = (hours: readonly Hours[]): Values =>
  fieldsOfRows(
    dayRows(hours, ({ fromMinute, toMinute }) => [fromMinute, toMinute]).map(({ days, row }) => ({
      days,
      from: clock(row.fromMinute),
      to: row.toMinute === 1440 ? '00:00' : clock(row.toMinute),
    })),
  );
