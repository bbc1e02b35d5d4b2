import { OFFER_ROWS } from '#lib/offer-fields.ts';
import { type Fault, FormReader, daysOf } from './form-reader.ts';

/** The terms of an offer as its form says them, or the first field that could not be read. */
export function offerIn(data: FormData, currency: string) {
  const read = new FormReader(data);
  const at = (name: string, row: number): string => `${name}.${String(row)}`;
  const terms = {
    title: read.text('title'),
    kindsOfWork: read.words('kindsOfWork').map((kind) => kind.toLowerCase()),
    materials: read.words('materials'),
    leadTime: read.text('leadTime'),
    leadHours: read.whole('leadHours', 'Hours before work begins'),
    firmHours: read.whole('firmHours', 'Firm'),
    inputSchema: read.text('inputSchema'),
    steps: read.rows('step', OFFER_ROWS.steps).map((row) => ({
      cellKind: read.text(at('step', row)),
      family: read.text(at('family', row)) || null,
      minutesPerBatch: read.whole(at('perBatch', row), 'Minutes a batch'),
      minutesPerUnit: read.whole(at('perUnit', row), 'Minutes a unit'),
      atPeerRate: read.text(at('timeCosts', row)) === 'peer',
    })),
    prices: read.rows('fromUnits', OFFER_ROWS.prices).map((row) => ({
      fromUnits: read.whole(at('fromUnits', row), 'Batch of at least'),
      setupMinor: read.amount(at('setup', row), currency),
      unitMinor: read.amount(at('unit', row), currency),
    })),
    windows: read.rows('days', OFFER_ROWS.windows).flatMap((row) => {
      // Midnight at the end of a window is that of its day.
      const hours = {
        fromMinute: read.minute(at('from', row)),
        toMinute: read.minute(at('to', row)) || 1440,
      };
      return daysOf(read.text(at('days', row))).map((weekday) => ({ weekday, ...hours }));
    }),
    refund: {
      reclaimPercent: read.whole('reclaimPercent', 'Back when it is taken back'),
      cancelTiers: read.rows('noticeHours', OFFER_ROWS.tiers).map((row) => ({
        noticeHours: read.whole(at('noticeHours', row), 'Hours of notice'),
        percentBack: read.whole(at('percentBack', row), 'Percent back'),
      })),
    },
  };
  return read.fault === null
    ? { kind: 'Read' as const, terms }
    : { kind: 'Unreadable' as const, fault: read.fault satisfies Fault };
}
