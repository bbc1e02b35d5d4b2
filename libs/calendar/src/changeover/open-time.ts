import { MINUTE_MS, type Window } from '../window.js';

/** The place of the last of the sorted windows that starts before an instant, or -1. */
export function lastBefore(open: readonly Window[], at: number): number {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((open[middle]?.fromAt ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The latest instant from which so many open minutes lie before `at`, or null when the windows do not have as many. */
export function latestStart(open: readonly Window[], at: number, minutes: number): number | null {
  let missingMs = minutes * MINUTE_MS;
  if (missingMs === 0) return at;
  for (let index = lastBefore(open, at); index >= 0; index -= 1) {
    const window = open[index];
    if (!window) break;
    const endAt = Math.min(window.toAt, at);
    const lengthMs = endAt - window.fromAt;
    if (lengthMs >= missingMs) return endAt - missingMs;
    missingMs -= lengthMs;
  }
  return null;
}

/** The earliest instant up to which so many open minutes lie from `at` on, or null when the windows do not have as many. */
export function earliestEnd(open: readonly Window[], at: number, minutes: number): number | null {
  let missingMs = minutes * MINUTE_MS;
  if (missingMs === 0) return at;
  for (let index = Math.max(0, lastBefore(open, at)); index < open.length; index += 1) {
    const window = open[index];
    if (!window) break;
    const startAt = Math.max(window.fromAt, at);
    const lengthMs = Math.max(0, window.toAt - startAt);
    if (lengthMs >= missingMs) return startAt + missingMs;
    missingMs -= lengthMs;
  }
  return null;
}

/** The open minutes between two instants, a fraction when they are not whole. */
export function openMinutes(open: readonly Window[], fromAt: number, toAt: number): number {
  let totalMs = 0;
  for (let index = lastBefore(open, toAt); index >= 0; index -= 1) {
    const window = open[index];
    if (!window || window.toAt <= fromAt) break;
    totalMs += Math.min(window.toAt, toAt) - Math.max(window.fromAt, fromAt);
  }
  return totalMs / MINUTE_MS;
}

/** The one of the sorted windows that has the whole of `inner`, or null. */
export function openAround(open: readonly Window[], inner: Window): Window | null {
  const window = open[lastBefore(open, inner.fromAt + 1)];
  return window && inner.toAt <= window.toAt ? window : null;
}
