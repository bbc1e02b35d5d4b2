import type { Span } from './calendar-view.ts';

/** What a cell allows: its grid, and the longest booking, in minutes. */
export interface Allowed {
  readonly gridMinutes: number;
  readonly maxMinutes: number;
}

const floor = (minute: number, step: number): number => Math.floor(minute / step) * step;
const ceil = (minute: number, step: number): number => Math.ceil(minute / step) * step;
const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The part of a free span that can be booked: between the first and the last grid line in it; null when there is none. */
export function bookable({ from, to }: Span, { gridMinutes }: Allowed): Span | null {
  const inside = { from: ceil(from, gridMinutes), to: floor(to, gridMinutes) };
  return inside.from + gridMinutes <= inside.to ? inside : null;
}

/** The time dragged over from one minute to another: whole grid steps inside the free span, at most the longest booking. */
export function dragged(free: Span, allowed: Allowed, anchor: number, at: number): Span | null {
  const inside = bookable(free, allowed);
  if (inside === null) return null;
  const { gridMinutes, maxMinutes } = allowed;
  const last = inside.to - gridMinutes;
  const [first, second] = [anchor, at].map((minute) => clamp(floor(minute, gridMinutes), inside.from, last));
  if (first === undefined || second === undefined) return null;
  const longest = floor(maxMinutes, gridMinutes);
  // The end that was put down first stays; the other one gives way.
  return second >= first
    ? { from: first, to: Math.min(second + gridMinutes, first + longest) }
    : { from: Math.max(second, first + gridMinutes - longest), to: first + gridMinutes };
}

/** A chosen time with one of its ends at another minute; it stays inside the free span, and never turns inside out. */
export function withEdge(
  chosen: Span,
  edge: 'from' | 'to',
  minute: number,
  free: Span,
  allowed: Allowed,
): Span {
  const inside = bookable(free, allowed);
  if (inside === null) return chosen;
  const { gridMinutes, maxMinutes } = allowed;
  const at = Math.round(minute / gridMinutes) * gridMinutes;
  return edge === 'from'
    ? {
        from: clamp(at, Math.max(inside.from, chosen.to - maxMinutes), chosen.to - gridMinutes),
        to: chosen.to,
      }
    : {
        from: chosen.from,
        to: clamp(at, chosen.from + gridMinutes, Math.min(inside.to, chosen.from + maxMinutes)),
      };
}
