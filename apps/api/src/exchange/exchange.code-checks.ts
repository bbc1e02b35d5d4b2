import { contains, openWindows, type OpeningHours } from '@touchmark/calendar';
import type { CheckQuery, CodeCheck } from '../platform/checks/check.js';

const BATCH = 1000;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const BOOKED = `
  SELECT sb.coop_id, sb.booking_id, lower(b.during) AS from_at, upper(b.during) AS to_at, w.time_zone, v.windows
    FROM service_booking sb
    JOIN booking b ON b.coop_id = sb.coop_id AND b.id = sb.booking_id
    JOIN workshop w ON w.coop_id = b.coop_id AND w.id = b.workshop_id
    JOIN service_order o ON o.coop_id = sb.coop_id AND o.id = sb.order_id
    JOIN offer_version v ON v.coop_id = o.coop_id AND v.offer_id = o.offer_id AND v.version = o.version
   WHERE (sb.coop_id, sb.booking_id) > ($1::uuid, $2::uuid) ORDER BY sb.coop_id, sb.booking_id LIMIT $3`;

interface BookedRow {
  readonly coop_id: string;
  readonly booking_id: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly time_zone: string;
  readonly windows: readonly OpeningHours[];
}

function isInside({ from_at, to_at, time_zone: zone, windows: hours }: BookedRow): boolean {
  const booked = { fromAt: from_at.getTime(), toAt: to_at.getTime() };
  return openWindows({ zone, hours, closures: [] }, booked).some((window) => contains(window, booked));
}

async function outside(query: CheckQuery): Promise<object[]> {
  const found: object[] = [];
  let after = [NOBODY, NOBODY];
  for (;;) {
    const rows = (await query(BOOKED, [...after, BATCH])) as readonly BookedRow[];
    found.push(
      ...rows.filter((row) => !isInside(row)).map(({ coop_id, booking_id }) => ({ coop_id, booking_id })),
    );
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return found;
    after = [last.coop_id, last.booking_id];
  }
}

/** What must hold of service orders and takes wall time to judge. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'no booking of a service order was made outside the windows of its offer',
    counted: 'SELECT count(*) FROM service_booking',
    find: outside,
  },
];
