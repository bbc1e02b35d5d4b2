import type { Check } from '../platform/checks/check.js';
import { CHECKS as waitingList } from './waiting-list/waiting-list.checks.js';

/** What must always hold of claims on stations. */
export const CHECKS: Check[] = [
  ...waitingList,
  {
    name: 'no two live claims of a station overlap',
    counted: `SELECT count(*) FROM booking WHERE state IN ('held', 'confirmed')`,
    // Alike for neighbours by start: of windows in that order some two overlap only if some neighbours do.
    violations: `
      SELECT coop_id, station_id, id FROM (
        SELECT coop_id, station_id, id, lower(claim) AS from_at,
               max(upper(claim)) OVER (PARTITION BY coop_id, station_id ORDER BY lower(claim), id
                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
          FROM booking WHERE state IN ('held', 'confirmed')) AS claim
       WHERE from_at < taken_until`,
  },
  {
    name: 'what every booking says that its member owes for it is what the ledger says',
    counted:
      'SELECT count(*) FROM booking WHERE account_id IS NOT NULL AND confirmed_at IS NOT NULL AND price_minor > 0',
    violations: `
      SELECT booking.coop_id, booking.id FROM booking
        LEFT JOIN ledger_transaction AS posted ON posted.coop_id = booking.coop_id AND posted.reference = booking.id
        LEFT JOIN ledger_entry AS entry ON entry.coop_id = posted.coop_id AND entry.transaction_id = posted.id
         AND entry.account = 'member_receivable' AND entry.party_id = booking.account_id
       WHERE booking.account_id IS NOT NULL
       GROUP BY booking.coop_id, booking.id
      HAVING coalesce(sum(entry.amount_minor), 0) <> booking.charged_minor`,
  },
  {
    name: 'a booking costs its frozen price until it is ended or its minutes are known, and a hold costs nothing',
    counted: 'SELECT count(*) FROM booking WHERE account_id IS NOT NULL',
    violations: `
      SELECT coop_id, id FROM booking WHERE account_id IS NOT NULL AND (
             (state = 'confirmed' AND checked_out_at IS NULL AND charged_minor <> price_minor)
          OR (state IN ('held', 'released', 'lapsed') AND charged_minor <> 0)
          OR (state IN ('cancelled', 'moved', 'no_show') AND charged_minor NOT BETWEEN 0 AND price_minor))`,
  },
  {
    name: 'the lines of every price sum to it',
    counted: `SELECT count(*) FROM booking WHERE price_lines <> '[]'`,
    violations: `
      SELECT coop_id, id FROM booking WHERE price_lines <> '[]' AND price_minor <> (
        SELECT sum((line ->> 'amountMinor')::bigint) FROM jsonb_array_elements(price_lines) AS line)`,
  },
  {
    name: 'every claim stands on a station of its own cell and workshop',
    counted: 'SELECT count(*) FROM booking',
    violations: `
      SELECT booking.coop_id, booking.id FROM booking
        JOIN station ON station.coop_id = booking.coop_id AND station.id = booking.station_id
        JOIN cell ON cell.coop_id = station.coop_id AND cell.id = station.cell_id
       WHERE station.cell_id <> booking.cell_id OR cell.workshop_id <> booking.workshop_id`,
  },
  {
    name: 'nothing that work has begun on was taken back',
    counted: `SELECT count(*) FROM booking WHERE checked_in_at IS NOT NULL`,
    violations: `SELECT coop_id, id FROM booking WHERE checked_in_at IS NOT NULL AND state <> 'confirmed'`,
  },
  {
    name: 'no hold lasts longer than its origin allows',
    counted: `SELECT count(*) FROM booking WHERE expires_at IS NOT NULL`,
    // A member's lasts fifteen minutes, once extended thirty; an offer lasts what the policy allows at most, and what a
    // round keeps for its draw ends when its window begins.
    violations: `
      SELECT coop_id, id FROM booking WHERE confirmed_at >= expires_at OR CASE
        WHEN round_id IS NOT NULL THEN expires_at > lower(during)
        ELSE expires_at > held_at + CASE
          WHEN origin IN ('waiting', 'round') THEN interval '48 hours'
          WHEN extended_at IS NULL THEN interval '15 minutes' ELSE interval '30 minutes' END END`,
  },
];
