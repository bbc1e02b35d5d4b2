// Confirmed is confirmed, whatever became of the booking then.
const answer = (hold: string, isOpen: string): string => `
  WHEN ${hold}.confirmed_at IS NOT NULL THEN 'taken'
  WHEN ${isOpen} THEN 'offered'
  ELSE 'missed' END`;

// Ids begin with when they were made, by the clocks of several machines: a day off, at most.
const madeSince = (offer: string): string => `(
  lpad(to_hex((extract(epoch FROM uuid_extract_timestamp(${offer}.id) - interval '1 day') * 1000)::bigint), 12, '0')
    || repeat('0', 20))::uuid`;

// A move ends one claim and makes the next of the same member; of theirs, no older ones are looked through.
const moved = (offer: string, isOpen: (hold: string) => string): string => `(
  WITH RECURSIVE link AS (
    SELECT ${offer}.id, ${offer}.state, ${offer}.confirmed_at, ${offer}.expires_at
    UNION ALL
    SELECT next.id, next.state, next.confirmed_at, next.expires_at FROM link
      JOIN booking AS next ON next.coop_id = ${offer}.coop_id AND next.account_id = ${offer}.account_id
        AND next.id > ${madeSince(offer)} AND next.moved_from = link.id
     WHERE link.state = 'moved' AND link.confirmed_at IS NULL)
  SELECT CASE ${answer('link', isOpen('link'))} FROM link WHERE link.state <> 'moved' OR link.confirmed_at IS NOT NULL)`;

/**
 * SQL of what the hold `offer` says about its entry: taken, still offered or missed. An offer that its member has moved is
 * answered where it stands now. `isOpen` is the SQL of whether a hold can still be answered.
 */
export const answerOf = (offer: string, isOpen: (hold: string) => string): string => `CASE
  WHEN ${offer}.state = 'moved' AND ${offer}.confirmed_at IS NULL THEN ${moved(offer, isOpen)}
  ${answer(offer, isOpen(offer))}`;
