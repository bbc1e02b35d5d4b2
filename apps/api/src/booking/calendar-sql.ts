/** An instant as epoch milliseconds. */
export const epochMs = (at: string): string => `(extract(epoch FROM ${at}) * 1000)::bigint`;

/** The weekly hours of `workshop` as JSON text, always in the same order. */
export const hoursJson = (coopId: string, workshopId: string): string => `(
  SELECT json_agg(json_build_object('weekday', weekday, 'fromMinute', from_minute, 'toMinute', to_minute)
    ORDER BY weekday, from_minute)
    FROM opening_hours AS hours WHERE hours.coop_id = ${coopId} AND hours.workshop_id = ${workshopId})::text`;

/** The closures that touch a stretch as JSON text, always in the same order. */
export const closuresJson = (coopId: string, workshopId: string, fromAt: string, toAt: string): string => `(
  SELECT json_agg(json_build_object('fromAt', ${epochMs('closed.from_at')}, 'toAt', ${epochMs('closed.to_at')})
    ORDER BY closed.from_at, closed.to_at)
    FROM closure AS closed WHERE closed.coop_id = ${coopId} AND closed.workshop_id = ${workshopId}
     AND closed.to_at > ${fromAt} AND closed.from_at < ${toAt})::text`;
