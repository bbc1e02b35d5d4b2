import { formatMoney } from '@touchmark/money';
import { instantWords } from './time.ts';

/** What the API says that taking a booking back costs now. */
export interface CancelFee {
  readonly feeMinor: string;
  readonly keepsPrepaid: boolean;
  readonly waivedBecause: string | null;
  readonly until: string;
}

interface Booked {
  readonly fromAt: string;
  readonly currency: string;
  readonly cancelFee: CancelFee | null;
  readonly workshop: { readonly timeZone: string };
}

/** What is lost, such as "24.00 EUR and the prepaid minutes"; null where nothing is. */
export function lostWords({ cancelFee, currency }: Booked): string | null {
  if (cancelFee === null) return null;
  const amountMinor = BigInt(cancelFee.feeMinor);
  const lost = [
    ...(amountMinor > 0n ? [formatMoney({ amountMinor, currency })] : []),
    ...(cancelFee.keepsPrepaid ? ['the prepaid minutes'] : []),
  ];
  return lost.length === 0 ? null : lost.join(' and ');
}

/** What stands beside the button that takes a booking back; null where it costs nothing until the start. */
export function cancelWords(booked: Booked): string | null {
  const { cancelFee, fromAt, workshop } = booked;
  if (cancelFee === null) return null;
  const { waivedBecause } = cancelFee;
  if (waivedBecause !== null) return waivedBecause;
  const lost = lostWords(booked);
  const until = Date.parse(cancelFee.until);
  if (until < Date.parse(fromAt))
    return `costs ${lost ?? 'nothing'} until ${instantWords(workshop.timeZone, until)}`;
  return lost === null ? null : `costs ${lost} now`;
}
