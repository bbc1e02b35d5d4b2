import { createApp } from '../../../apps/api/src/create-app.js';
import { loadConfig } from '../../../apps/api/src/platform/config/config.js';
import { freePort } from '../../../apps/local/src/ports.ts';
import type { TestApp } from '../../support/app.js';
import type { TestCell } from '../../support/builders/workshops.js';
import type { LiveClient, LiveSubscription } from '../../support/live-client.js';

export interface Entry {
  readonly bookingId: string | null;
  readonly mine: boolean;
  readonly state: string;
  readonly fromAt: string;
  readonly toAt: string;
  readonly label: string | null;
  readonly expiresAt: string | null;
}

export interface WatchData {
  readonly calendarChanged: {
    readonly kind: 'SNAPSHOT_NEEDED' | 'CHANGED';
    readonly stations: readonly {
      readonly cellId: string;
      readonly stationId: string;
      readonly fromAt: string;
      readonly toAt: string;
      readonly bookings: readonly Entry[];
    }[];
  };
}

export interface CalendarData {
  readonly calendar: readonly {
    readonly station: { readonly id: string };
    readonly bookings: readonly Entry[];
  }[];
}

const ENTRY = 'bookingId mine state fromAt toAt label expiresAt';
const ARGUMENTS = '$coopId: ID!, $workshopId: ID!, $fromAt: Instant!, $toAt: Instant!';
const PASSED = 'coopId: $coopId, workshopId: $workshopId, fromAt: $fromAt, toAt: $toAt';

export const WATCH = `subscription (${ARGUMENTS}) { calendarChanged(${PASSED}) {
  kind stations { cellId stationId fromAt toAt bookings { ${ENTRY} } } } }`;
export const CALENDAR = `query (${ARGUMENTS}) { calendar(${PASSED}) { station { id } bookings { ${ENTRY} } } }`;
export const DAY = { fromAt: '2026-11-18T00:00:00Z', toAt: '2026-11-19T00:00:00Z' };

/** Watches one day of the workshop of a cell. */
export function watchDay(client: LiveClient, { coopId, workshopId }: TestCell): LiveSubscription<WatchData> {
  return client.subscribe<WatchData>(WATCH, { coopId, workshopId, ...DAY });
}

export const isHint = ({ calendarChanged }: WatchData): boolean => calendarChanged.kind === 'SNAPSHOT_NEEDED';

/** True for a change that shows a stretch beginning then. */
export const isAbout =
  (fromAt: string) =>
  ({ calendarChanged }: WatchData): boolean =>
    calendarChanged.stations.some((station) => station.fromAt === fromAt);

/** Writes that something happened to a booking, as the engine does it. */
export const ADD_EVENT = `INSERT INTO booking_event
    (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
  SELECT coop_id, nextval('booking_event_sequence'), workshop_id, cell_id, station_id, id, account_id, $2, app_now()
    FROM booking WHERE id = $1 RETURNING sequence`;

/** Another API on the same database: its own connections, its own relay. */
export async function anotherApi(app: TestApp): Promise<{ url: string; close(): Promise<void> }> {
  const port = String(await freePort());
  const config = loadConfig({ ...app.env, PORT: port });
  const nest = await createApp(config);
  await nest.listen(config.port, config.host);
  return { url: `http://127.0.0.1:${port}`, close: () => nest.close() };
}
