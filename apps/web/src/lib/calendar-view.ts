import { type Window, clip, mergeWindows, wallTime } from '@touchmark/calendar';
import type { ResultOf } from './graphql.ts';
import type { calendar } from './server/documents/booking.ts';

type Answer = Pick<ResultOf<typeof calendar>, 'calendar' | 'freeSlots'>;
type StationDay = Answer['calendar'][number];
export type Cell = StationDay['cell'];

/** Part of a local day, in minutes since its midnight. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Claim extends Span {
  readonly key: string;
  readonly look: 'mine' | 'held' | 'other';
  readonly words: string;
}

/** One station on one day. */
export interface Track {
  readonly epochDay: number;
  readonly open: readonly Span[];
  readonly free: readonly Span[];
  readonly claims: readonly Claim[];
  /** What a station is set up in before a claim. */
  readonly changeovers: readonly Span[];
}

/** A cell with its stations, each with the days of the view. */
export interface Lane {
  readonly cell: Cell;
  readonly stations: readonly {
    readonly id: string;
    readonly number: number;
    readonly days: readonly Track[];
  }[];
}

export interface CalendarView {
  readonly days: readonly number[];
  /** The hours drawn: from the first opening to the last closing of the days, on whole hours. */
  readonly hours: Span;
  readonly lanes: readonly Lane[];
}

const windowOf = ({ fromAt, toAt }: { fromAt: string; toAt: string }): Window => ({
  fromAt: Date.parse(fromAt),
  toAt: Date.parse(toAt),
});

/** The part of a window that lies on a local day, or null. */
function onDay(zone: string, { fromAt, toAt }: Window, epochDay: number): Span | null {
  const start = wallTime(zone, fromAt);
  const end = wallTime(zone, toAt);
  if (start.epochDay > epochDay || end.epochDay < epochDay) return null;
  const from = start.epochDay < epochDay ? 0 : start.minuteOfDay;
  const to = end.epochDay > epochDay ? 1440 : end.minuteOfDay;
  return from < to ? { from, to } : null;
}

function without(open: readonly Window[], taken: readonly Window[]): Window[] {
  return taken.reduce<Window[]>(
    (left, { fromAt, toAt }) =>
      left.flatMap((window) => {
        if (toAt <= window.fromAt || fromAt >= window.toAt) return [window];
        return [
          { fromAt: window.fromAt, toAt: fromAt },
          { fromAt: toAt, toAt: window.toAt },
        ].filter((piece) => piece.fromAt < piece.toAt);
      }),
    [...open],
  );
}

/** The parts of these windows inside those; parts that touch are one again. */
const within = (windows: readonly Window[], those: readonly Window[]): Window[] =>
  mergeWindows(windows.flatMap((window) => those.flatMap((that) => clip(window, that) ?? [])));

function lookOf({ mine, state }: StationDay['bookings'][number]): Claim['look'] {
  if (!mine) return 'other';
  return state === 'HELD' ? 'held' : 'mine';
}

type Entry = StationDay['bookings'][number];
/** A claim on the station: its changeover and its window. */
const claimOf = ({ changeoverFromAt, fromAt, toAt }: Entry): Window =>
  windowOf({ fromAt: changeoverFromAt ?? fromAt, toAt });
const changeoverOf = ({ changeoverFromAt, fromAt }: Entry): Window[] =>
  changeoverFromAt === null ? [] : [windowOf({ fromAt: changeoverFromAt, toAt: fromAt })];

const spoken = { mine: 'my booking', held: 'my hold', other: 'taken' } as const;

function trackOf(zone: string, day: StationDay, epochDay: number, ahead: readonly Window[]): Track {
  const open = day.openWindows.map(windowOf);
  const bookings = day.bookings.filter(({ state }) => state === 'HELD' || state === 'CONFIRMED');
  const spans = (windows: readonly Window[]): Span[] =>
    windows.flatMap((window) => onDay(zone, window, epochDay) ?? []);
  const claims = bookings.flatMap((booking): Claim[] => {
    const span = onDay(zone, windowOf(booking), epochDay);
    if (span === null) return [];
    const look = lookOf(booking);
    const words = booking.label ?? (booking.origin === 'SERVICE_ORDER' ? 'order of a peer' : spoken[look]);
    return [{ ...span, look, key: `${booking.fromAt} ${booking.toAt}`, words }];
  });
  return {
    epochDay,
    open: spans(open),
    free: spans(within(without(open, bookings.map(claimOf)), ahead)),
    claims,
    changeovers: spans(within(bookings.flatMap(changeoverOf), open)),
  };
}

/** Lays the stations of a workshop out over local days; what is still ahead is the API's to say, by its own clock. */
export function layOut(
  zone: string,
  days: readonly number[],
  { calendar: stations, freeSlots }: Answer,
): CalendarView {
  const ahead = new Map(freeSlots.map(({ cell, windows }) => [cell.id, windows.map(windowOf)]));
  const lanes = new Map<string, Lane & { stations: Lane['stations'][number][] }>();
  for (const station of stations) {
    const lane = lanes.get(station.cell.id) ?? { cell: station.cell, stations: [] };
    const tracks = days.map((day) => trackOf(zone, station, day, ahead.get(station.cell.id) ?? []));
    lane.stations.push({ ...station.station, days: tracks });
    lanes.set(station.cell.id, lane);
  }
  const drawn = [...lanes.values()];
  return { days, hours: hoursOf(drawn), lanes: drawn };
}

function hoursOf(lanes: readonly Lane[]): Span {
  const spans = lanes.flatMap(({ stations }) =>
    stations.flatMap(({ days }) => days.flatMap(({ open, claims }) => [...open, ...claims])),
  );
  if (spans.length === 0) return { from: 480, to: 1200 };
  return {
    from: Math.floor(Math.min(...spans.map(({ from }) => from)) / 60) * 60,
    to: Math.ceil(Math.max(...spans.map(({ to }) => to)) / 60) * 60,
  };
}

const onGrid = (minute: number, step: number): number => Math.ceil(minute / step) * step;

/** Where a claim of so many minutes can start first in this span, on the grid of the cell, or null. */
export function startIn({ from, to }: Span, gridMinutes: number, minutes: number): number | null {
  const start = onGrid(from, gridMinutes);
  return start + minutes <= to ? start : null;
}

/** What somebody who asks for nothing in particular would book: an hour, or what the cell allows. */
export const usualMinutes = ({ gridMinutes, maxMinutes }: Cell): number =>
  Math.min(onGrid(60, gridMinutes), maxMinutes);

export interface Start {
  readonly cellId: string;
  readonly epochDay: number;
  readonly minute: number;
}

/** The first free start of the usual length from a day on: of this cell, or of the first that has one. */
export function nextStart(
  { days, lanes }: CalendarView,
  fromDay: number,
  cellId: string | null = null,
): Start | null {
  for (const { cell, stations } of lanes) {
    if (cellId !== null && cell.id !== cellId) continue;
    for (const epochDay of days.filter((day) => day >= fromDay)) {
      const starts = stations
        .flatMap((station) => station.days.filter((track) => track.epochDay === epochDay))
        .flatMap(({ free }) =>
          free.flatMap((span) => startIn(span, cell.gridMinutes, usualMinutes(cell)) ?? []),
        );
      if (starts.length > 0) return { cellId: cell.id, epochDay, minute: Math.min(...starts) };
    }
  }
  return null;
}

/** Hours to label, thinned until at most `most` remain. */
export function hourMarks({ from, to }: Span, most: number): number[] {
  const hours = (to - from) / 60;
  const step = [1, 2, 3, 4, 6].find((size) => hours / size <= most) ?? 12;
  return Array.from({ length: Math.floor(hours / step) + 1 }, (_, index) => from + index * step * 60);
}
