import type { Check } from '../../platform/checks/check.js';

/** What must always hold of those who wait. */
export const CHECKS: Check[] = [
  {
    name: 'every offer to one who waits is a hold of theirs in their cell, inside their wish',
    counted: 'SELECT count(*) FROM waiting_entry WHERE booking_id IS NOT NULL',
    violations: `
      SELECT entry.coop_id, entry.id FROM waiting_entry AS entry
        JOIN booking AS offer ON offer.coop_id = entry.coop_id AND offer.id = entry.booking_id
       WHERE offer.account_id <> entry.account_id OR offer.cell_id <> entry.cell_id OR offer.origin <> 'waiting'
          OR lower(offer.during) < entry.earliest_at OR upper(offer.during) > entry.latest_at
          OR upper(offer.during) - lower(offer.during) NOT BETWEEN entry.least_minutes * interval '1 minute'
             AND entry.minutes * interval '1 minute'
          OR offer.price_minor > entry.max_price_minor OR offer.family IS DISTINCT FROM entry.family`,
  },
  {
    name: 'every hold of the waiting list was offered to one who waited',
    counted: `SELECT count(*) FROM booking WHERE origin = 'waiting' AND moved_from IS NULL`,
    violations: `
      SELECT coop_id, id FROM booking WHERE origin = 'waiting' AND moved_from IS NULL AND NOT EXISTS (
        SELECT FROM waiting_entry AS entry WHERE entry.coop_id = booking.coop_id AND entry.booking_id = booking.id)`,
  },
];
