import { requestIdOf } from './api.ts';
import type { Player } from './people.ts';
import type { Setting } from './setting.ts';

const DAY = 86_400_000;
const week = (weekdays: readonly number[], fromMinute: number, toMinute: number) =>
  weekdays.map((weekday) => ({ weekday, fromMinute, toMinute }));
const WORKDAYS = [1, 2, 3, 4, 5];

// Mornings are empty and evenings full, so they are priced apart.
const TARIFF = {
  bands: [
    ...week(WORKDAYS, 8 * 60, 11 * 60).map((hours) => ({ ...hours, label: 'Quiet morning', percent: 80 })),
    ...week(WORKDAYS, 17 * 60, 20 * 60).map((hours) => ({ ...hours, label: 'Evening', percent: 120 })),
  ],
  load: { enabled: false, floorPercent: 70, ceilingPercent: 150, utilisation: [], leadTime: [] },
  classes: [],
  peerPercent: 110,
  changeover: { charge: false, hourlyPercent: 0 },
};

const OFFER = {
  title: 'Risograph prints, trimmed',
  kindsOfWork: ['risograph', 'trimming'],
  materials: ['Munken Lynx 150 g', 'Metapaper Rough 150 g'],
  leadTime: 'Usually two working days.',
  leadHours: 24,
  firmHours: 24,
  steps: [
    { cellKind: 'print', family: 'black', minutesPerBatch: 20, minutesPerUnit: 1 },
    { cellKind: 'cut', minutesPerBatch: 10, minutesPerUnit: 1 },
  ],
  prices: [
    { fromUnits: 20, setupMinor: '1800', unitMinor: '160' },
    { fromUnits: 100, setupMinor: '1800', unitMinor: '115' },
  ],
  windows: week(WORKDAYS, 8 * 60, 12 * 60),
  refund: { reclaimPercent: 100, cancelTiers: [{ noticeHours: 48, percentBack: 100 }] },
  inputSchema: JSON.stringify({
    type: 'object',
    properties: {
      artwork: { type: 'string', title: 'Link to the artwork', maxLength: 200 },
      paper: { type: 'string', title: 'Paper', enum: ['Munken Lynx 150 g', 'Metapaper Rough 150 g'] },
      trim: { type: 'boolean', title: 'Trim to the edge' },
    },
    required: ['artwork', 'paper'],
  }),
};

/** Quiet hours, an offer to peers, hours to buy ahead and a round for the bindery: what shows how machines are shared. Made once. */
export async function share(setting: Setting, admin: Player, operator: Player, today: Date): Promise<void> {
  const { coopId } = setting;
  await quietHours(coopId, admin);
  await admin.api.does('publishOffer', 'OfferPublished', 'offer { id }', {
    ...{ coopId, ...OFFER, requestId: requestIdOf('publish offer') },
  });
  await hoursAhead(coopId, admin);
  await round(setting, operator, today);
}

async function quietHours(coopId: string, admin: Player): Promise<void> {
  const known = await admin.api.ask<{ version: object | null }>(
    `query ($coopId: ID!) { tariff(coopId: $coopId) { version { id } } }`,
    { coopId },
  );
  if (known.version !== null) return;
  await admin.api.does('setTariff', 'TariffSet', 'version { id }', { coopId, tariff: TARIFF });
}

async function hoursAhead(coopId: string, admin: Player): Promise<void> {
  const known = await admin.api.ask<{ edges: object[] }>(
    `query ($coopId: ID!) { creditPacks(coopId: $coopId, first: 1) { edges { cursor } } }`,
    { coopId },
  );
  if (known.edges.length > 0) return;
  await admin.api.does('createCreditPack', 'CreditPackCreated', 'pack { id }', {
    ...{ coopId, name: 'Ten hours of Risograph', cellKind: 'print' },
    ...{ minutes: 600, priceMinor: '15000', validDays: 180 },
  });
}

/** Three slots of the bindery six days from now, to be asked for until three days from now. */
async function round(setting: Setting, operator: Player, today: Date): Promise<void> {
  const on = (days: number, hour: number): string =>
    `${new Date(today.getTime() + days * DAY).toISOString().slice(0, 10)}T${String(hour)}:00:00.000Z`;
  await operator.api.does('openRound', 'RoundOpened', 'round { id }', {
    ...{ coopId: setting.coopId, cellId: setting.cells.get('finish'), cap: 1, deadlineAt: on(3, 17) },
    slots: [10, 12, 14].map((hour) => ({ fromAt: on(6, hour), toAt: on(6, hour + 2) })),
    requestId: requestIdOf('open round'),
  });
}
