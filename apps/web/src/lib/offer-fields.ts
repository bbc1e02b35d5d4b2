import { formatAmount } from '@touchmark/money';
import { dayRows } from './day-choices.ts';
import { type Values, fieldsOfRows } from './form-rows.ts';
import { clock } from './time.ts';

/** The most rows that an offer may have, as the API takes them. */
export const OFFER_ROWS = { steps: 10, prices: 20, windows: 70, tiers: 10 } as const;

/** An offer as forms and pages show it. */
export interface Offer {
  readonly title: string;
  readonly kindsOfWork: readonly string[];
  readonly materials: readonly string[];
  readonly leadTime: string;
  readonly leadHours: number;
  readonly firmHours: number;
  readonly currency: string;
  readonly inputSchema: string;
  readonly steps: readonly {
    readonly cellKind: string;
    readonly family: string | null;
    readonly minutesPerBatch: number;
    readonly minutesPerUnit: number;
    readonly atPeerRate: boolean;
  }[];
  readonly prices: readonly {
    readonly fromUnits: number;
    readonly setupMinor: string;
    readonly unitMinor: string;
  }[];
  readonly windows: readonly {
    readonly weekday: number;
    readonly fromMinute: number;
    readonly toMinute: number;
  }[];
  readonly refund: {
    readonly reclaimPercent: number;
    readonly cancelTiers: readonly { readonly noticeHours: number; readonly percentBack: number }[];
  };
}

const CONTRACT = `{
  "type": "object",
  "properties": {
    "artwork": { "type": "string", "title": "Link to the artwork", "maxLength": 200 }
  },
  "required": ["artwork"]
}`;

/** A row that is not filled in takes no minutes a batch and one a unit, until somebody says otherwise. */
const MINUTES = fieldsOfRows(
  Array.from({ length: OFFER_ROWS.steps }, () => ({ perBatch: '0', perUnit: '1' })),
);

/** What stands in the form of an offer that is not written yet. */
export const newOffer = (kinds: readonly string[]): Values => ({
  ...MINUTES,
  ...{ 'step.0': kinds[0] ?? '', 'days.0': 'every', 'from.0': '08:00', 'to.0': '12:00' },
  ...{ leadHours: '24', firmHours: '24', reclaimPercent: '100', inputSchema: CONTRACT },
  ...{ 'noticeHours.0': '48', 'percentBack.0': '100' },
});

/** JSON as a person reads it; left alone when it is none. */
function laidOut(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** What stands in the form of an offer that is revised. */
export function offerFields(offer: Offer): Values {
  const amount = (minor: string): string =>
    formatAmount({ amountMinor: BigInt(minor), currency: offer.currency });
  const windows = dayRows(offer.windows, ({ fromMinute, toMinute }) => [fromMinute, toMinute]);
  return {
    ...MINUTES,
    ...{ title: offer.title, leadTime: offer.leadTime, inputSchema: laidOut(offer.inputSchema) },
    ...{ kindsOfWork: offer.kindsOfWork.join(', '), materials: offer.materials.join(', ') },
    ...{ leadHours: String(offer.leadHours), firmHours: String(offer.firmHours) },
    reclaimPercent: String(offer.refund.reclaimPercent),
    ...fieldsOfRows(
      offer.steps.map(({ cellKind, family, minutesPerBatch, minutesPerUnit, atPeerRate }) => ({
        ...{ step: cellKind, family: family ?? '' },
        ...{ perBatch: String(minutesPerBatch), perUnit: String(minutesPerUnit) },
        timeCosts: atPeerRate ? 'peer' : '',
      })),
    ),
    ...fieldsOfRows(
      offer.prices.map(({ fromUnits, setupMinor, unitMinor }) => ({
        ...{ fromUnits: String(fromUnits), setup: amount(setupMinor), unit: amount(unitMinor) },
      })),
    ),
    ...fieldsOfRows(
      windows.map(({ days, row: { fromMinute, toMinute } }) => ({
        ...{ days, from: clock(fromMinute), to: toMinute === 1440 ? '00:00' : clock(toMinute) },
      })),
    ),
    ...fieldsOfRows(
      offer.refund.cancelTiers.map(({ noticeHours, percentBack }) => ({
        ...{ noticeHours: String(noticeHours), percentBack: String(percentBack) },
      })),
    ),
  };
}
