import type { Quote } from '#lib/quote.ts';
import type { Api } from '../api.ts';
import { explainPrice } from '../documents/booking.ts';
import { type Picked, instants, windowOf } from './picked.ts';

/** What the choice would cost now, or why it cannot be held; null while something of it is missing. */
export async function quoteOf(api: Api, coopId: string, zone: string, picked: Picked): Promise<Quote | null> {
  const { cellId, stationId, family, useCredits } = picked;
  const window = windowOf(zone, picked);
  if (cellId === null || 'message' in window) return null;
  const asked = { coopId, cellId, stationId, family, useCredits, ...instants(window) };
  const { explainPrice: outcome } = await api.ask(explainPrice, asked);
  if (outcome.__typename !== 'PriceExplained') return { kind: 'refused', message: outcome.message };
  const { totalMinor, currency, lines, because, changeoverMinutes } = outcome;
  return { kind: 'priced', totalMinor, currency, lines, because, changeoverMinutes };
}
