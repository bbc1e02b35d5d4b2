import { MINUTE_MS, type Window } from '../window.js';
import { changeoverMatrix, type ChangeoverRow, type StationClaim } from './index.js';

export const STEP = 15;
export const START = Date.parse('2026-06-01T00:00Z');
export const instant = (minute: number, startAt = START): number => startAt + minute * MINUTE_MS;
export const families = ['black', 'blue', 'red'];
export const matrixOf = (rows: readonly ChangeoverRow[]) => changeoverMatrix(families, rows);
export const LENGTH = 36 * 60;

/** A day and a half as one entry per minute: the rules said once more, by counting minutes and by nothing else. */
export class Minutes {
  private readonly owner: (StationClaim | 'before' | null)[];

  constructor(
    private readonly open: readonly boolean[],
    claims: readonly StationClaim[],
    private readonly before: { family: string | null; untilMinute: number | null },
    private readonly needed: (from: string | null, to: string | null) => number,
    private readonly nowMinute: number,
    startAt = START,
  ) {
    this.owner = open.map((_, minute) => {
      const at = instant(minute, startAt);
      if (before.untilMinute !== null && minute < before.untilMinute) return 'before';
      return claims.find(({ fromAt, toAt }) => fromAt <= at && at < toAt) ?? null;
    });
  }

  private neighbour(
    minute: number,
    step: 1 | -1,
    stop: number,
  ): { open: number; family: string | null | undefined } {
    let open = 0;
    for (let at = minute; at >= 0 && at < this.open.length; at += step) {
      const owner = this.owner[at];
      if (owner) return { open, family: owner === 'before' ? this.before.family : owner.family };
      if (this.open[at] === true && at >= stop) open += 1;
    }
    const past = step === -1 && this.before.untilMinute !== null ? this.before.family : undefined;
    return { open, family: past };
  }

  /** Whether [from, to) can be taken for a family; undefined as a neighbour's family means there is no neighbour. */
  accepts(from: number, to: number, family: string | null): boolean {
    for (let at = from; at < to; at += 1) if (this.open[at] !== true || this.owner[at]) return false;
    const before = this.neighbour(from - 1, -1, this.nowMinute);
    const after = this.neighbour(to, 1, 0);
    const first = before.family === undefined ? 0 : this.needed(before.family, family);
    const second = after.family === undefined ? 0 : this.needed(family, after.family);
    return (first === 0 || before.open >= first) && (second === 0 || after.open >= second);
  }

  /** Open minutes in [from, to). */
  count(from: number, to: number): number {
    return this.open.slice(from, to).filter(Boolean).length;
  }
}

/** The hours of a stretch with holes, minute by minute and as windows. */
export function hoursOf(holes: readonly (readonly [number, number])[]): {
  open: boolean[];
  windows: Window[];
} {
  const open = Array.from({ length: LENGTH }, (_, minute) => {
    const at = Math.floor(minute / STEP);
    return !holes.some(([from, length]) => from <= at && at < from + length);
  });
  const edges = open.flatMap((each, minute) => (each === (open[minute - 1] ?? false) ? [] : [minute]));
  if (open.at(-1) === true) edges.push(LENGTH);
  const windows = edges.flatMap((fromMinute, index) => {
    const toMinute = edges[index + 1];
    if (index % 2 !== 0 || toMinute === undefined) return [];
    return [{ fromAt: instant(fromMinute), toAt: instant(toMinute) }];
  });
  return { open, windows };
}
