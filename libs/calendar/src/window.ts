/** A half-open stretch of time in epoch milliseconds: `fromAt` belongs to it, `toAt` does not. */
export interface Window {
  readonly fromAt: number;
  readonly toAt: number;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Thrown when code, not a person, hands over a calendar that cannot be. */
export class CalendarInputError extends Error {
  override readonly name = 'CalendarInputError';
}

/** True when the two windows share at least one moment; windows that only touch do not. */
export function overlaps(a: Window, b: Window): boolean {
  return a.fromAt < b.toAt && b.fromAt < a.toAt;
}

/** True when every moment of `inner` belongs to `outer`. */
export function contains(outer: Window, inner: Window): boolean {
  return outer.fromAt <= inner.fromAt && inner.toAt <= outer.toAt;
}

/** The length of a window in minutes, a fraction when it is not whole. */
export function windowMinutes({ fromAt, toAt }: Window): number {
  return (toAt - fromAt) / MINUTE_MS;
}

/** The part of a window inside bounds, or null when nothing is left. */
export function clip(window: Window, bounds: Window): Window | null {
  const fromAt = Math.max(window.fromAt, bounds.fromAt);
  const toAt = Math.min(window.toAt, bounds.toAt);
  return fromAt < toAt ? { fromAt, toAt } : null;
}

/** The same moments as sorted windows that neither overlap nor touch; empty ones vanish. */
export function mergeWindows(windows: readonly Window[]): Window[] {
  const merged: Window[] = [];
  const sorted = windows.filter(({ fromAt, toAt }) => fromAt < toAt).sort((a, b) => a.fromAt - b.fromAt);
  for (const { fromAt, toAt } of sorted) {
    const last = merged.at(-1);
    if (last && fromAt <= last.toAt) {
      merged[merged.length - 1] = { fromAt: last.fromAt, toAt: Math.max(last.toAt, toAt) };
    } else {
      merged.push({ fromAt, toAt });
    }
  }
  return merged;
}

/** The moments that are open and not busy, as sorted windows that neither overlap nor touch. */
export function freeWindows(open: readonly Window[], busy: readonly Window[]): Window[] {
  const taken = mergeWindows(busy);
  const free: Window[] = [];
  let next = 0;
  for (const window of mergeWindows(open)) {
    let fromAt = window.fromAt;
    while ((taken[next]?.toAt ?? Infinity) <= fromAt) next += 1;
    for (let index = next; ; index += 1) {
      const block = taken[index];
      if (!block || block.fromAt >= window.toAt) break;
      if (block.fromAt > fromAt) free.push({ fromAt, toAt: block.fromAt });
      fromAt = Math.max(fromAt, block.toAt);
    }
    if (fromAt < window.toAt) free.push({ fromAt, toAt: window.toAt });
  }
  return free;
}
