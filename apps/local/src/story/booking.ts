import { requestIdOf } from './api.ts';
import type { Player } from './people.ts';
import type { Setting } from './setting.ts';

interface CellFree {
  cell: { id: string; kind: string };
  windows: { fromAt: string; toAt: string }[];
}

const FREE = `query ($coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!, $family: String) {
  freeSlots(coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt, family: $family) {
    cell { id kind } windows { fromAt toAt } } }`;

interface Mine {
  edges: { node: { id: string; state: string } }[];
}

async function bookedBefore(
  setting: Setting,
  who: Player,
): Promise<{ id: string; state: string } | undefined> {
  const mine = await who.api.ask<Mine>(
    `query ($coopId: ID!) { myBookings(coopId: $coopId, first: 5) { edges { node { id state } } } }`,
    { coopId: setting.coopId },
  );
  return mine.edges.map((edge) => edge.node).find(({ state }) => state === 'HELD' || state === 'CONFIRMED');
}

/** Holds and confirms the first two hours that are free for `family` on a cell of `kind` at or after `notBefore`; once for each person. */
export async function book(
  setting: Setting,
  who: Player,
  key: string,
  kind: string,
  notBefore: Date,
  family: string,
): Promise<void> {
  const { coopId, workshopId } = setting;
  const before = await bookedBefore(setting, who);
  if (before?.state === 'CONFIRMED') return;
  if (before !== undefined) return confirm(setting, who, key, before.id);
  const until = new Date(notBefore.getTime() + 3 * 86_400_000);
  const found = await who.api.ask<CellFree[]>(FREE, {
    coopId,
    workshopId,
    fromAt: notBefore.toISOString(),
    toAt: until.toISOString(),
    family,
  });
  const cell = found.find((one) => one.cell.kind === kind);
  const twoHours = 2 * 3_600_000;
  const window = cell?.windows.find((one) => Date.parse(one.toAt) - Date.parse(one.fromAt) >= twoHours);
  if (cell === undefined || window === undefined) throw new Error(`no two free hours on a ${kind} cell`);
  const held = await who.api.does<{ booking: { id: string } }>('holdSlot', 'SlotHeld', 'booking { id }', {
    coopId,
    cellId: cell.cell.id,
    fromAt: window.fromAt,
    toAt: new Date(Date.parse(window.fromAt) + twoHours).toISOString(),
    family,
    maxPriceMinor: '10000',
    requestId: requestIdOf(`hold ${key}`),
  });
  await confirm(setting, who, key, held.booking.id);
}

async function confirm(setting: Setting, who: Player, key: string, bookingId: string): Promise<void> {
  await who.api.does('confirmBooking', 'BookingConfirmed', 'booking { id }', {
    coopId: setting.coopId,
    bookingId,
    requestId: requestIdOf(`confirm ${key}`),
  });
}
