import { clockAt, dayWords } from './time.ts';
import { wallTime } from '@touchmark/calendar';

export interface Slot {
  readonly number: number;
  readonly stationId: string;
  readonly fromAt: string;
  readonly toAt: string;
}

/** A slot in words on the clocks of its place: `Mon 23 Nov 09:00–11:00`. */
export function slotWords(zone: string, { fromAt, toAt }: Pick<Slot, 'fromAt' | 'toAt'>): string {
  const from = Date.parse(fromAt);
  return `${dayWords(wallTime(zone, from).epochDay)} ${clockAt(zone, from)}–${clockAt(zone, Date.parse(toAt))}`;
}

/** How many slots the form of a round takes; more are opened through the API. */
export const ROUND_ROWS = 6;
