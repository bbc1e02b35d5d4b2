export interface HeatHour {
  readonly weekday: number;
  readonly hour: number;
  readonly bookedMinutes: number;
  readonly openMinutes: number;
  /** Whole percent of the open minutes, rounded down; null when the hour was closed. */
  readonly percent: number | null;
  /** 0 for nothing booked to 5 for 80 % and more; null when closed. */
  readonly step: number | null;
}

/** How full something is as one of six steps: nothing, then fifths. */
const stepOf = (percent: number): number => (percent === 0 ? 0 : Math.min(5, Math.floor(percent / 20) + 1));

/** What each step stands for, for the legend. */
export const STEPS = [
  'nothing',
  'to 19 %',
  '20 to 39 %',
  '40 to 59 %',
  '60 to 79 %',
  '80 % and more',
] as const;

export const percentOf = (booked: number, open: number): number | null =>
  open > 0 ? Math.min(100, Math.floor((100 * booked) / open)) : null;

interface Day {
  readonly weekday: number;
  readonly bookedMinutes: readonly number[];
  readonly openMinutes: readonly number[];
}

/** The hours of a week of one cell and the hours of the day that are open on any of its days. */
export function heatOf(days: readonly Day[]): {
  readonly hours: readonly number[];
  readonly rows: readonly HeatHour[][];
} {
  const used = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    days.some((day) => (day.openMinutes[hour] ?? 0) > 0 || (day.bookedMinutes[hour] ?? 0) > 0),
  );
  const [first = 0] = used;
  const hours =
    used.length === 0
      ? []
      : Array.from({ length: (used.at(-1) ?? first) - first + 1 }, (_, index) => first + index);
  const rows = days.map(({ weekday, bookedMinutes, openMinutes }) =>
    hours.map((hour): HeatHour => {
      const [booked, open] = [bookedMinutes[hour] ?? 0, openMinutes[hour] ?? 0];
      const percent = percentOf(booked, open);
      const step = percent === null ? null : stepOf(percent);
      return { weekday, hour, bookedMinutes: booked, openMinutes: open, percent, step };
    }),
  );
  return { hours, rows };
}
