import { formatMoney } from '@touchmark/money';
import type { NewNotice } from '../../notices/index.js';
import type { BookingType } from '../booking.types.js';
import type { LockedCell } from '../claims/locked-cell.js';

/** What tells a member that their turn has come: the window, its price, and until when it is theirs to confirm. */
export function offerNotice(
  { name, timeZone }: Pick<LockedCell['facts'], 'name' | 'timeZone'>,
  slug: string,
  booking: BookingType,
  isPart: boolean,
): NewNotice {
  const { coopId, accountId, priceMinor: amountMinor, currency, fromAt, toAt, expiresAt } = booking;
  if (accountId === null || expiresAt === null) throw new Error(`the offer ${booking.id} is to nobody`);
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const [from, to, until] = [fromAt, toAt, expiresAt].map((at) => format.format(at));
  const part = isPart ? ' It is a part of the time that you wait for.' : '';
  return {
    ...{ coopId, accountId, kind: 'waiting_offer', link: `/${slug}/calendar` },
    title: `Your turn on ${name}: a place has become free`,
    body:
      `We hold ${name} for you from ${from} to ${to} (${timeZone}) for ${formatMoney({ amountMinor, currency })}.${part} ` +
      `Confirm it by ${until}, or release it. Without an answer it goes to the next in line.`,
  };
}
