import { decideOpeningHours, type OpeningHours } from '@touchmark/calendar';
import type { PriceRow } from './batch-price.js';
import type { RefundTerms } from './refund.js';
import type { OfferStep } from './steps.js';

/** What a provider writes down when it offers capacity; amounts in minor units, windows in wall time of its workshops. */
export interface OfferTerms {
  readonly title: string;
  readonly kindsOfWork: readonly string[];
  readonly materials: readonly string[];
  readonly leadTime: string;
  /** Hours between an acceptance and the first work on it. */
  readonly leadHours: number;
  /** Hours before a window from which home members may no longer reclaim it. */
  readonly firmHours: number;
  readonly steps: readonly OfferStep[];
  readonly prices: readonly PriceRow[];
  readonly windows: readonly OpeningHours[];
  readonly refund: RefundTerms;
}

export type OfferDecision =
  | { readonly kind: 'OfferAccepted' }
  | { readonly kind: 'FieldRefused'; readonly field: keyof OfferTerms; readonly message: string }
  | { readonly kind: 'NoCapacity'; readonly message: string };

type Fault = { readonly field: keyof OfferTerms; readonly message: string } | null;

const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/;
const MOST_MINOR = 100_000_000n;
const MOST_MINUTES = 10_000;
const whole = (value: number, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= least && value <= most;

function textFault({ title, leadTime, kindsOfWork, materials, leadHours, firmHours }: OfferTerms): Fault {
  if (title.trim().length < 1 || title.trim().length > 120)
    return { field: 'title', message: 'title takes 1 to 120 characters.' };
  if (leadTime.trim().length > 200)
    return { field: 'leadTime', message: 'leadTime takes at most 200 characters.' };
  if (kindsOfWork.length < 1 || kindsOfWork.length > 10 || !kindsOfWork.every((kind) => SLUG.test(kind)))
    return {
      field: 'kindsOfWork',
      message:
        'kindsOfWork takes 1 to 10 words of lower case letters, digits and dashes, such as screen-printing.',
    };
  if (new Set(kindsOfWork).size < kindsOfWork.length)
    return { field: 'kindsOfWork', message: 'kindsOfWork names one twice. Name each once.' };
  if (materials.length > 20 || materials.some((text) => text.trim().length < 1 || text.length > 80))
    return { field: 'materials', message: 'materials takes at most 20 texts of 1 to 80 characters.' };
  if (!whole(leadHours, 0, 24 * 30))
    return { field: 'leadHours', message: 'leadHours takes 0 to 720 hours.' };
  return whole(firmHours, 0, 24 * 30)
    ? null
    : { field: 'firmHours', message: 'firmHours takes 0 to 720 hours.' };
}

function stepFault({ steps }: OfferTerms): Fault {
  if (steps.length > 10) return { field: 'steps', message: 'steps takes at most 10 steps.' };
  const index = steps.findIndex(
    ({ minutesPerBatch, minutesPerUnit }) =>
      !whole(minutesPerBatch, 0, MOST_MINUTES) ||
      !whole(minutesPerUnit, 0, MOST_MINUTES) ||
      minutesPerBatch + minutesPerUnit < 1,
  );
  if (index < 0) return null;
  const range = `Give whole minutes from 0 to ${MOST_MINUTES}, and at least one in all.`;
  return { field: 'steps', message: `Step ${index + 1} takes no time that can be planned. ${range}` };
}

function priceFault({ prices, steps }: OfferTerms): Fault {
  // Where the minutes of a step are paid for, the table may leave the price to them.
  const paidByTime = steps.some(({ atPeerRate }) => atPeerRate === true);
  const refuse = (message: string): Fault => ({ field: 'prices', message });
  if (prices.length < 1 || prices.length > 20) return refuse('prices takes 1 to 20 rows.');
  for (const [index, { fromUnits, setupMinor, unitMinor }] of prices.entries()) {
    const row = index + 1;
    if (!whole(fromUnits, 1, 1_000_000))
      return refuse(`Row ${row} begins at no whole number from 1 to 1000000.`);
    if (prices.findIndex((other) => other.fromUnits === fromUnits) < index)
      return refuse(`Row ${row} begins at ${fromUnits} units like one before it. Keep one of them.`);
    if ([setupMinor, unitMinor].some((minor) => minor < 0n || minor > MOST_MINOR))
      return refuse(`Row ${row} has an amount outside 0 to ${MOST_MINOR} minor units.`);
    if (setupMinor + unitMinor === 0n && !paidByTime)
      return refuse(`Row ${row} costs nothing. Give it a price, or sell a step at the peer rate.`);
  }
  return null;
}

function refundFault({ refund }: OfferTerms): Fault {
  const refuse = (message: string): Fault => ({ field: 'refund', message });
  if (!whole(refund.reclaimPercent, 0, 100)) return refuse('reclaimPercent takes 0 to 100.');
  if (refund.cancelTiers.length > 10) return refuse('cancelTiers takes at most 10 rows.');
  for (const [index, { noticeHours, percentBack }] of refund.cancelTiers.entries()) {
    if (!whole(noticeHours, 0, 8760) || !whole(percentBack, 0, 100))
      return refuse(`Row ${index + 1} of cancelTiers needs 0 to 8760 hours and 0 to 100 percent.`);
    if (refund.cancelTiers.findIndex((other) => other.noticeHours === noticeHours) < index)
      return refuse(`Row ${index + 1} of cancelTiers has the notice of one before it. Keep one of them.`);
  }
  return null;
}

/** Decides whether terms can be an offer; NoCapacity when they name no step or no window to take capacity from. */
export function decideOffer(terms: OfferTerms): OfferDecision {
  const fault = textFault(terms) ?? stepFault(terms) ?? priceFault(terms) ?? refundFault(terms);
  if (fault !== null) return { kind: 'FieldRefused', ...fault };
  if (terms.windows.length > 70)
    return { kind: 'FieldRefused', field: 'windows', message: 'windows takes at most 70 rows.' };
  const hours = decideOpeningHours(terms.windows);
  if (hours.kind !== 'OpeningHoursAccepted')
    return { kind: 'FieldRefused', field: 'windows', message: hours.message };
  if (terms.windows.length === 0)
    return { kind: 'NoCapacity', message: 'The offer has no window to take capacity from. Add one or more.' };
  if (terms.steps.length === 0)
    return { kind: 'NoCapacity', message: 'The offer has no step that needs a station. Add one or more.' };
  return { kind: 'OfferAccepted' };
}
