import type { Check } from '../platform/checks/check.js';

/** What must always hold of rounds. */
export const CHECKS: Check[] = [
  {
    name: "each round's secret is the one it committed to",
    counted: 'SELECT count(*) FROM capacity_round',
    violations: `
      SELECT coop_id, id FROM capacity_round WHERE encode(sha256(decode(secret, 'hex')), 'hex') <> commitment`,
  },
  {
    name: 'until a round is drawn its slots are claimed by the round and by nobody else, up to their start',
    counted: `SELECT count(*) FROM round_slot JOIN capacity_round AS round
      ON round.coop_id = round_slot.coop_id AND round.id = round_slot.round_id WHERE round.state IN ('open', 'closed')`,
    violations: `
      SELECT slot.coop_id, slot.round_id, slot.number FROM round_slot AS slot
        JOIN capacity_round AS round ON round.coop_id = slot.coop_id AND round.id = slot.round_id
        JOIN booking AS claim ON claim.coop_id = slot.coop_id AND claim.id = slot.claim_id
       WHERE claim.round_id IS DISTINCT FROM round.id OR claim.cell_id <> round.cell_id
          OR lower(claim.during) <> slot.from_at OR upper(claim.during) <> slot.to_at
          OR (round.state IN ('open', 'closed') AND claim.ended_at IS NOT NULL AND slot.from_at > app_now())
          OR (round.state IN ('drawn', 'called_off') AND claim.ended_at IS NULL)`,
  },
  {
    name: 'nobody wins more slots of a round than its cap, nor one that they did not ask for',
    counted: 'SELECT count(*) FROM round_slot WHERE won_by IS NOT NULL',
    violations: `
      SELECT slot.coop_id, slot.round_id, slot.won_by FROM round_slot AS slot
        JOIN capacity_round AS round ON round.coop_id = slot.coop_id AND round.id = slot.round_id
        JOIN round_request AS request ON request.coop_id = slot.coop_id AND request.round_id = slot.round_id
         AND request.account_id = slot.won_by
       GROUP BY slot.coop_id, slot.round_id, slot.won_by, round.cap
      HAVING count(*) > round.cap OR bool_or(slot.number IS DISTINCT FROM
             CASE slot.choice WHEN 1 THEN request.first_slot ELSE request.second_slot END)`,
  },
  {
    name: "a winner's hold is the window of the slot, for the member who won it",
    counted: 'SELECT count(*) FROM round_slot WHERE booking_id IS NOT NULL',
    violations: `
      SELECT slot.coop_id, slot.round_id, slot.number FROM round_slot AS slot
        JOIN capacity_round AS round ON round.coop_id = slot.coop_id AND round.id = slot.round_id
        JOIN booking ON booking.coop_id = slot.coop_id AND booking.id = slot.booking_id
       WHERE booking.account_id IS DISTINCT FROM slot.won_by OR booking.cell_id <> round.cell_id
          OR lower(booking.during) <> slot.from_at OR upper(booking.during) <> slot.to_at OR booking.origin <> 'round'`,
  },
];
