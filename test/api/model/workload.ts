import { OPENS, CLOSES, minuteOf, wallOf, type Minute, type Span } from './calendar.js';
import type { Action, Outcome } from './history.js';
import type { ModelCell } from './world.js';

/** Numbers from 0 up to 1 that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one client knows: its own claims, places in queues, and stations that it took out. */
export class Client {
  readonly claims: string[] = [];
  readonly entries: string[] = [];
  readonly closures: string[] = [];

  constructor(
    readonly random: () => number,
    readonly cells: readonly ModelCell[],
    readonly firstDay: Minute,
    readonly runsTheWorkshop: boolean,
  ) {}

  private one<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('Expected something to choose from.');
    return value;
  }

  private window(cell: ModelCell, days: number): Span {
    const day = this.firstDay + Math.floor(this.random() * days) * 1440;
    const steps = (CLOSES - OPENS) / cell.gridMinutes;
    const start = Math.floor(this.random() * steps);
    const length = 1 + Math.floor(this.random() * Math.min(6, steps - start));
    // Midnight of that day on the wall, by the offset at noon; both sides of a clock change are whole hours.
    const noon = day + 720;
    const midnight = day - (wallOf(noon) - noon);
    const from = midnight + OPENS + start * cell.gridMinutes;
    return { from, to: from + length * cell.gridMinutes };
  }

  private family(cell: ModelCell): string | null {
    return cell.families.length === 0 || this.random() < 0.2 ? null : this.one(cell.families);
  }

  /** What this client asks for next. */
  next(): Action {
    const cell = this.one(this.cells);
    const dice = this.random();
    if (this.runsTheWorkshop && dice < 0.2) return this.outOfService(cell);
    if (dice < 0.35 && this.claims.length > 0) {
      const kind = this.one([
        'confirm',
        'confirm',
        'confirm',
        'extend',
        'release',
        'cancel',
        'cancel',
      ] as const);
      return { kind, bookingId: this.one(this.random() < 0.7 ? this.claims.slice(-2) : this.claims) };
    }
    if (dice < 0.45 && this.claims.length > 0)
      return { kind: 'reschedule', bookingId: this.one(this.claims.slice(-4)), ...this.window(cell, 4) };
    if (dice < 0.5)
      return {
        kind: 'series',
        cellId: cell.cellId,
        weeks: 3,
        family: this.family(cell),
        ...this.window(cell, 4),
      };
    if (dice < 0.53 && this.entries.length > 0) return { kind: 'leave', entryId: this.one(this.entries) };
    if (dice < 0.68) return this.wish(cell);
    const stationId = this.random() < 0.3 ? this.one(cell.stationIds) : null;
    return {
      kind: 'hold',
      cellId: cell.cellId,
      stationId,
      family: this.family(cell),
      ...this.window(cell, 4),
    };
  }

  private wish(cell: ModelCell): Action {
    const { from, to } = this.window(cell, 4);
    const minutes = to - from;
    const leastMinutes = this.random() < 0.5 ? minutes : cell.gridMinutes;
    return {
      ...{ kind: 'join', cellId: cell.cellId, family: this.family(cell), minutes, leastMinutes },
      ...{ from, to: to + Math.floor(this.random() * 3) * cell.gridMinutes },
    };
  }

  private outOfService(cell: ModelCell): Action {
    if (this.closures.length > 0 && this.random() < 0.5)
      return { kind: 'return', closureId: this.one(this.closures) };
    return { kind: 'takeOut', stationId: this.one(cell.stationIds), ...this.window(cell, 4) };
  }

  /** Takes note of what came of it. */
  note(outcome: Outcome): void {
    if (outcome.booking) this.claims.push(outcome.booking.id);
    for (const booking of outcome.series?.bookings ?? []) this.claims.push(booking.id);
    if (outcome.__typename === 'WaitingListJoined' && outcome.entry) this.entries.push(outcome.entry.id);
    if (outcome.closure && outcome.__typename === 'StationTakenOut') this.closures.push(outcome.closure.id);
  }
}

/** The Thursday before the night in which the clocks of Berlin change. */
export const FIRST_DAY = minuteOf('2027-03-25T00:00:00Z');
