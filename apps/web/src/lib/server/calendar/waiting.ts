import { wallTime } from '@touchmark/calendar';
import { formatMoney } from '@touchmark/money';
import type { RequestEvent } from '@sveltejs/kit';
import { instants, pickedIn, windowOf } from './picked.ts';
import { joinWaitingList, leaveWaitingList, rescheduleBooking } from '../documents/waiting-list.ts';
import { fields, refuse, text } from '../forms.ts';

/** Who was refused a place in the queue can ask for another. */
const WAITING = { taken: true } as const;

type Asked = Pick<RequestEvent, 'request' | 'locals'>;

/** Waits for the window that the form to hold names: all of it, or a part that is long enough. */
async function wait({ request, locals }: Asked) {
  const data = await request.formData();
  const { cellId, family, useCredits, ...when } = pickedIn(fields(data));
  const window = windowOf(text(data, 'zone'), when);
  if ('message' in window) return refuse('hold', data, window);
  const { fromAt, toAt } = instants(window);
  const least = text(data, 'least');
  const leastMinutes = least === '' ? null : Number(least);
  if (leastMinutes !== null && !Number.isInteger(leastMinutes))
    return refuse('hold', data, { message: 'Choose how much of it would do.', field: 'least' }, WAITING);
  const input = {
    ...{ coopId: text(data, 'coopId'), cellId: cellId ?? '', family, useCredits },
    ...{ earliestAt: fromAt, latestAt: toAt, minutes: Number(when.minutes), leastMinutes },
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(joinWaitingList, { input });
  if (outcome.__typename !== 'WaitingListJoined') {
    const part = outcome.__typename === 'SlotIsFree' ? [outcome.alternative] : [];
    const instead = part.map((one) => ({
      ...wallTime(text(data, 'zone'), Date.parse(one.fromAt)),
      ...{ stationId: one.stationId, minutes: (Date.parse(one.toAt) - Date.parse(one.fromAt)) / 60_000 },
    }));
    return refuse('hold', data, outcome, { ...WAITING, instead });
  }
  const { place } = outcome.entry;
  return { done: place === 1 ? 'You are next in line for it.' : `You are number ${String(place)} in line.` };
}

async function leave({ request, locals }: Asked) {
  const data = await request.formData();
  const input = {
    coopId: text(data, 'coopId'),
    entryId: text(data, 'entryId'),
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(leaveWaitingList, { input });
  if (outcome.__typename !== 'WaitingListLeft') return refuse('claim', data, outcome);
  return { done: 'You no longer wait for it.' };
}

/** Moves a booking to another window of its cell. */
async function move({ request, locals }: Asked) {
  const data = await request.formData();
  const window = windowOf(text(data, 'zone'), pickedIn(fields(data)));
  if ('message' in window) return refuse('claim', data, window);
  const most = text(data, 'maxPriceMinor');
  const input = {
    ...{ coopId: text(data, 'coopId'), bookingId: text(data, 'bookingId'), ...instants(window) },
    ...{ maxPriceMinor: most === '' ? null : most, requestId: text(data, 'requestId') },
  };
  const outcome = await locals.api.tell(rescheduleBooking, { input });
  if (outcome.__typename !== 'BookingRescheduled') return refuse('claim', data, outcome);
  const { priceMinor, currency } = outcome.booking;
  const words = (minor: string): string => formatMoney({ amountMinor: BigInt(minor), currency });
  const old = outcome.waivedBecause === null ? '' : ` The old time: ${outcome.waivedBecause}`;
  const fee = BigInt(outcome.feeMinor) > 0n ? ` The old time still costs ${words(outcome.feeMinor)}.` : old;
  return { done: `Moved. The new time costs ${words(priceMinor)}.${fee}` };
}

export const waitingActions = { wait, leave, move };
