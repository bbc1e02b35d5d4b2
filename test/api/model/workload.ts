import { OPENS, CLOSES, minuteOf, wallOf, type Minute, type Span } from './calendar.js';
import type { Action, Change, Outcome, Place, ShownBooking } from './history.js';
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

/** All of these over and over, each time in another order. */
export function* reshuffled<Value>(values: readonly Value[], random: () => number): Generator<Value, never> {
  for (;;)
    for (const [, value] of values.map((value) => [random(), value] as const).sort(([a], [b]) => a - b))
      yield value;
}

/** The bookings that all know of: who runs the workshop sees everybody's. */
export type Board = Map<string, Span>;

const OF_HOLDS: readonly Change[] = ['confirm', 'confirm', 'confirm', 'confirm', 'extend', 'release'];
const DAYS = 2;
// After these a client need not think of the claim any more; now and then it asks for it again all the same.
const ENDING = [
  ...['BookingConfirmed', 'HoldReleased', 'BookingCancelled', 'BookingRescheduled', 'NoShowMarked'],
  ...['HoldLapsed', 'NotHeld', 'NotConfirmed', 'TooLateToCancel', 'CheckedOut'],
];

/** What one client knows: its own claims, places in queues, and stations that it took out. */
export class Client {
  private readonly holds = new Set<string>();
  private readonly bookings = new Set<string>();
  private readonly claims: string[] = [];
  private readonly entries: string[] = [];
  private readonly closures: string[] = [];
  /** Work that this operator has checked in. */
  private readonly inside: string[] = [];
  /** What was taken by somebody else when this client asked for it. */
  private missed: Place | null = null;

  constructor(
    readonly random: () => number,
    readonly cells: readonly ModelCell[],
    readonly board: Board,
    readonly runsTheWorkshop: boolean,
  ) {}

  private one<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('Expected something to choose from.');
    return value;
  }

  /** A window of the next days, now and then one that has begun already. */
  private window(cell: ModelCell, now: Minute): Span {
    const first = this.anyWindow(cell, now);
    return first.from >= now || this.random() < 0.1 ? first : this.anyWindow(cell, now + 720);
  }

  private anyWindow(cell: ModelCell, now: Minute): Span {
    const today = Math.floor(wallOf(now) / 1440) * 1440;
    const day = today + Math.floor(this.random() * DAYS) * 1440;
    const steps = (CLOSES - OPENS) / cell.gridMinutes;
    const start = Math.floor(this.random() * steps);
    const length = 1 + Math.floor(this.random() * Math.min(6, steps - start));
    // Midnight of that day on the wall, by the offset at noon; both sides of a clock change are whole hours.
    const noon = day + 720;
    const midnight = day - (wallOf(noon) - noon);
    const from = midnight + OPENS + start * cell.gridMinutes;
    return { from, to: from + length * cell.gridMinutes };
  }

  private place(cell: ModelCell, now: Minute): Place {
    const family = cell.families.length === 0 || this.random() < 0.2 ? null : this.one(cell.families);
    return { cellId: cell.cellId, family, useCredits: this.random() < 0.8, ...this.window(cell, now) };
  }

  /** What this client asks for next. */
  next(now: Minute): Action {
    const cell = this.one(this.cells);
    const dice = this.random();
    if (this.runsTheWorkshop && dice < 0.7)
      return dice < 0.15 ? this.outOfService(cell, now) : this.atTheDesk(now);
    const has = this.holds.size + this.bookings.size > 0 || this.random() < 0.1;
    if (dice < 0.35 && has && this.claims.length > 0) return this.change();
    if (dice < 0.45 && has && this.claims.length > 0)
      return { kind: 'reschedule', bookingId: this.claim(this.bookings), ...this.window(cell, now) };
    if (dice < 0.49) return { kind: 'series', weeks: 3, ...this.place(cell, now) };
    if (dice < 0.52 && this.entries.length > 0) return { kind: 'leave', entryId: this.one(this.entries) };
    if (dice < 0.68) return this.wish(cell, now);
    const stationId = this.random() < 0.3 ? this.one(cell.stationIds) : null;
    return { kind: 'hold', stationId, ...this.place(cell, now) };
  }

  /** Mostly one of these, which may be what the client believes them to be; now and then any claim of old. */
  private claim(of: ReadonlySet<string>): string {
    return this.random() < 0.8 && of.size > 0 ? this.one([...of].slice(-4)) : this.one(this.claims);
  }

  private change(): Action {
    if (this.holds.size === 0 || (this.bookings.size > 0 && this.random() < 0.35))
      return { kind: 'cancel', bookingId: this.claim(this.bookings) };
    return { kind: this.one(OF_HOLDS), bookingId: this.claim(this.holds) };
  }

  private wish(cell: ModelCell, now: Minute): Action {
    const wanted = this.missed !== null && this.random() < 0.8 ? this.missed : this.place(cell, now);
    const { cellId, family, useCredits, from, to } = wanted;
    const minutes = to - from;
    const leastMinutes = this.random() < 0.5 ? minutes : 30;
    const latest = to + Math.floor(this.random() * 3) * 30;
    return { kind: 'join', cellId, family, useCredits, minutes, leastMinutes, from, to: latest };
  }

  private outOfService(cell: ModelCell, now: Minute): Action {
    if (this.closures.length > 0 && this.random() < 0.5)
      return { kind: 'return', closureId: this.one(this.closures.slice(-3)) };
    return { kind: 'takeOut', stationId: this.one(cell.stationIds), ...this.window(cell, now) };
  }

  private atTheDesk(now: Minute): Action {
    if (this.inside.length > 0 && this.random() < 0.5)
      return { kind: 'checkOut', bookingId: this.one(this.inside.slice(-2)) };
    const all = [...this.board];
    const due = all.filter(([, { from }]) => from - 15 <= now);
    const seen = due.length > 0 && this.random() < 0.9 ? due : all;
    if (seen.length === 0) return this.outOfService(this.one(this.cells), now);
    return { kind: this.random() < 0.5 ? 'noShow' : 'checkIn', bookingId: this.one(seen)[0] };
  }

  /** A hold of this client's own, also one that was offered to it. */
  held(bookingId: string): void {
    this.claims.push(bookingId);
    this.holds.add(bookingId);
  }

  /** Takes note of what came of it. */
  note(action: Action, outcome: Outcome): void {
    const { booking, entry, closure } = outcome;
    if (action.kind === 'hold' && outcome.__typename === 'SlotTaken') this.missed = action;
    if (action.kind === 'checkIn' && outcome.__typename === 'CheckedIn') this.inside.push(action.bookingId);
    if (ENDING.includes(outcome.__typename) && 'bookingId' in action) this.ended(action.bookingId);
    for (const one of outcome.series?.bookings ?? []) this.booked(one);
    if (['SlotHeld', 'BookingConfirmed', 'BookingRescheduled'].includes(outcome.__typename) && booking) {
      if (booking.state === 'CONFIRMED') this.booked(booking);
      else this.held(booking.id);
    }
    if (outcome.__typename === 'WaitingListJoined' && entry) this.entries.push(entry.id);
    if (outcome.__typename === 'StationTakenOut' && closure) this.closures.push(closure.id);
  }

  private booked({ id, fromAt, toAt }: ShownBooking): void {
    if (!this.claims.includes(id)) this.claims.push(id);
    this.bookings.add(id);
    this.board.set(id, { from: minuteOf(fromAt), to: minuteOf(toAt) });
  }

  private ended(bookingId: string): void {
    this.holds.delete(bookingId);
    this.bookings.delete(bookingId);
    this.board.delete(bookingId);
  }
}
