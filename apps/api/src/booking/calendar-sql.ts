/** An instant as epoch milliseconds. */
export const epochMs = (at: string): string => `(extract(epoch FROM ${at}) * 1000)::bigint`;

/** The weekly hours of `workshop` as JSON text, always in the same order. */
export const hoursJson = (coopId: string, workshopId: string): string => `(
  SELECT json_agg(json_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)
    ORDER BY weekday, from_minute)
    FROM opening_hours AS hours WHERE hours.coop_id = ${coopId} AND hours.workshop_id = ${workshopId})::text`;

/** The weekly hours that cells and stations of `workshop` have of their own, as JSON text in the same order. */
export const ownHoursJson = (coopId: string, workshopId: string, cellId: string): string => `(
  SELECT json_agg(json_build_object('cellId', own.cell_id, 'stationId', own.station_id, 'weekday', own.weekday,
    'fromMinute', own.from_minute, 'toMinute', own.to_minute)
    ORDER BY own.cell_id, own.station_id, own.weekday, own.from_minute)
    FROM own_hours AS own WHERE own.coop_id = ${coopId} AND own.workshop_id = ${workshopId}
     AND (${cellId}::uuid IS NULL OR own.cell_id = ${cellId}))::text`;

/** The closures that touch a stretch as JSON text, always in the same order; each says whose they are. */
export const closuresJson = (coopId: string, workshopId: string, fromAt: string, toAt: string): string => `(
  SELECT json_agg(json_build_object('cellId', closed.cell_id, 'stationId', closed.station_id,
    'fromAt', ${epochMs('closed.from_at')}, 'toAt', ${epochMs('closed.to_at')})
    ORDER BY closed.from_at, closed.to_at, closed.id)
    FROM closure AS closed WHERE closed.coop_id = ${coopId} AND closed.workshop_id = ${workshopId}
     AND closed.to_at > ${fromAt} AND closed.from_at < ${toAt})::text`;

/** The setup families of `cell` as JSON text. */
export const familiesJson = (coopId: string, cellId: string): string => `(
  SELECT json_agg(family.name ORDER BY family.name)
    FROM setup_family AS family WHERE family.coop_id = ${coopId} AND family.cell_id = ${cellId})::text`;

/** The changeovers of `cell` as they were written down, as JSON text. */
export const changeoversJson = (coopId: string, cellId: string): string => `(
  SELECT json_agg(json_build_object('from', pair.from_family, 'to', pair.to_family, 'minutes', pair.minutes,
    'costMinor', pair.cost_minor::text) ORDER BY pair.from_family, pair.to_family)
    FROM changeover AS pair WHERE pair.coop_id = ${coopId} AND pair.cell_id = ${cellId})::text`;

// Alive is decided by time: a hold that nobody has swept yet is not.
const alive = (row: string, now: string): string => `${row}.ended_at IS NULL
  AND (${row}.state = 'confirmed' OR ${row}.expires_at > ${now})`;

// Station and start compared as a row, so that no index but the one by station and start can serve it whole: by
// equality alone the planner may take that of the exclusion constraint, which would read the whole past of the station.
const placeOf = (row: string): string => `(${row}.station_id, lower(${row}.during))`;

/**
 * The claims of `station` from the last one that is alive, starts before the stretch and is not crowded (from the first
 * of all, when there is none) to the first one alive that starts after it, as JSON arrays by start. Three descents of the
 * index by station and start, whatever lies in the past. Holds that are dead but not ended are among them.
 */
export const stationClaimsJson = (station: string, fromAt: string, toAt: string, now: string): string => {
  const place = (at: string): string => `(${station}.id, ${at})`;
  const ofCoop = (row: string): string => `${row}.coop_id = ${station}.coop_id`;
  return `
  SELECT coalesce(json_agg(json_build_array(claim.id, claim.account_id, claim.state, claim.origin,
      ${epochMs('lower(claim.during)')}, ${epochMs('upper(claim.during)')}, ${epochMs('lower(claim.claim)')},
      claim.changeover_minutes, claim.family, CASE WHEN claim.state = 'held' THEN ${epochMs('claim.expires_at')} END,
      claim.crowded) ORDER BY lower(claim.during)), '[]')
    FROM booking AS claim
   WHERE ${ofCoop('claim')} AND claim.ended_at IS NULL
     AND ${placeOf('claim')} >= ${place(`coalesce((
       SELECT lower(earlier.during) FROM booking AS earlier
        WHERE ${ofCoop('earlier')} AND ${alive('earlier', now)} AND NOT earlier.crowded
          AND ${placeOf('earlier')} < ${place(fromAt)}
          AND ${placeOf('earlier')} >= ${place(`'-infinity'::timestamptz`)}
        ORDER BY earlier.station_id DESC, lower(earlier.during) DESC LIMIT 1), '-infinity'::timestamptz)`)}
     AND ${placeOf('claim')} <= ${place(`coalesce((
       SELECT lower(later.during) FROM booking AS later
        WHERE ${ofCoop('later')} AND ${alive('later', now)} AND ${placeOf('later')} >= ${place(toAt)}
          AND ${placeOf('later')} <= ${place(`'infinity'::timestamptz`)}
        ORDER BY later.station_id, lower(later.during) LIMIT 1), ${toAt})`)}`;
};
