import { isOpen, minuteOf, type Minute, type Span } from './calendar.js';

// All that a workload can come across: its series and its waits reach some weeks on.
const KNOWN: Span = { from: minuteOf('2027-03-15T00:00:00Z'), to: minuteOf('2027-08-01T00:00:00Z') };
const OPEN = Uint8Array.from({ length: KNOWN.to - KNOWN.from }, (_, index) =>
  Number(isOpen(KNOWN.from + index)),
);

/** A time for which a station is out of service. */
export interface Closed extends Span {
  readonly closureId: string;
}

/**
 * How many minutes a station is open in any stretch: each minute is looked at by itself, and the sums are kept, so that
 * asking again costs nothing.
 */
export class OpenMinutes {
  private readonly closed: Closed[] = [];
  private sums: Int32Array | null = null;

  in({ from, to }: Span): number {
    if (from >= to) return 0;
    if (from < KNOWN.from || to > KNOWN.to) throw new Error('The workload has left the known calendar.');
    const sums = (this.sums ??= this.count());
    return (sums[to - KNOWN.from] ?? 0) - (sums[from - KNOWN.from] ?? 0);
  }

  isClosedIn(span: Span): boolean {
    return this.closed.some((one) => one.from < span.to && span.from < one.to);
  }

  close(closed: Closed): void {
    this.closed.push(closed);
    this.sums = null;
  }

  /** Ends a closure at a moment: one that is to come goes altogether, and of one that has begun the rest; false when there is none. */
  reopen(closureId: string, now: Minute): boolean {
    const index = this.closed.findIndex((one) => one.closureId === closureId);
    const closed = this.closed[index];
    if (closed === undefined) return false;
    this.closed.splice(index, 1);
    if (closed.from < now) this.closed.push({ ...closed, to: Math.min(closed.to, now) });
    this.sums = null;
    return true;
  }

  private count(): Int32Array {
    const open = OPEN.slice();
    for (const { from, to } of this.closed) open.fill(0, from - KNOWN.from, to - KNOWN.from);
    const sums = new Int32Array(open.length + 1);
    for (let index = 0; index < open.length; index += 1)
      sums[index + 1] = (sums[index] ?? 0) + (open[index] ?? 0);
    return sums;
  }
}
