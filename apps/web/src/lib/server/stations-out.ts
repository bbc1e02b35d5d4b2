import { formatMoney } from '@touchmark/money';
import type { RequestEvent } from '@sveltejs/kit';
import { cancelForMember, markNoShow, returnToService, takeOutOfService } from './documents/stations-out.ts';
import { refuse, text } from './forms.ts';
import { momentIn } from './moment.ts';

type Asked = Pick<RequestEvent, 'request' | 'locals'>;

async function noShow({ request, locals }: Asked) {
  const data = await request.formData();
  const input = {
    coopId: text(data, 'coopId'),
    bookingId: text(data, 'bookingId'),
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(markNoShow, { input });
  if (outcome.__typename !== 'NoShowMarked') return refuse('no-show', data, outcome);
  if (outcome.waivedBecause !== null)
    return { told: `Nobody came: the rest of the time is free again. ${outcome.waivedBecause}` };
  const { currency } = outcome.booking;
  const fee = formatMoney({ amountMinor: BigInt(outcome.feeMinor), currency });
  return { told: `Nobody came: the rest of the time is free again, and ${fee} stays charged.` };
}

/** Cancels the booking of a member, who is told why. */
async function cancel({ request, locals }: Asked) {
  const data = await request.formData();
  const input = {
    ...{ coopId: text(data, 'coopId'), bookingId: text(data, 'bookingId'), reason: text(data, 'reason') },
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(cancelForMember, { input });
  if (outcome.__typename !== 'BookingCancelled') return refuse('cancel', data, outcome);
  return { told: 'Cancelled. It costs its member nothing, and they have been told why.' };
}

/** Takes a station out of service from a time on its wall clock to another. */
async function takeOut({ request, locals }: Asked) {
  const data = await request.formData();
  const zone = text(data, 'zone');
  const [fromAt, toAt] = [momentIn(data, zone, 'from'), momentIn(data, zone, 'to')];
  if (typeof fromAt !== 'string') return refuse('service', data, fromAt);
  if (typeof toAt !== 'string') return refuse('service', data, toAt);
  const input = {
    ...{ coopId: text(data, 'coopId'), stationId: text(data, 'stationId'), reason: text(data, 'reason') },
    ...{ fromAt, toAt, requestId: text(data, 'requestId') },
  };
  const outcome = await locals.api.tell(takeOutOfService, { input });
  if (outcome.__typename !== 'StationTakenOut') return refuse('service', data, outcome);
  return { takenOut: { moved: outcome.moved, left: outcome.left } };
}

async function giveBack({ request, locals }: Asked) {
  const data = await request.formData();
  const input = {
    coopId: text(data, 'coopId'),
    closureId: text(data, 'closureId'),
    requestId: text(data, 'requestId'),
  };
  const outcome = await locals.api.tell(returnToService, { input });
  if (outcome.__typename !== 'StationReturned') return refuse('return', data, outcome);
  return { told: 'The station is in service again.' };
}

export const serviceActions = { noShow, cancel, takeOut, giveBack };
