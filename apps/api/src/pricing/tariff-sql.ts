import { NO_TARIFF, type Tariff } from '@touchmark/pricing';

// By the whole of the index, so that it is read from its end.
const latest = (coopId: string, cellIs: string, now: string): string => `
  SELECT tariff.content FROM tariff WHERE tariff.coop_id = ${coopId} AND tariff.cell_id ${cellIs}
     AND tariff.valid_from <= ${now} 
   ORDER BY tariff.cell_id DESC, tariff.valid_from DESC, tariff.id DESC LIMIT 1`;

/** The tariff that a cell has of its own now as JSON text, or null when it follows the co-op's; the arguments are SQL. */
export const ownTariffJson = (coopId: string, cellId: string, now = '(SELECT app_now())'): string =>
  `(${latest(coopId, `= ${cellId}`, now)})::text`;

/**
 * The tariff in force of a cell as JSON text, or null: the cell's own, else the co-op's. The arguments are SQL; `now` is
 * read once when it is left out.
 */
export const tariffJson = (coopId: string, cellId: string, now = '(SELECT app_now())'): string =>
  `coalesce((${latest(coopId, `= ${cellId}`, now)}), (${latest(coopId, 'IS NULL', now)}))::text`;

const MOST_REMEMBERED = 500;
const remembered = new Map<string, Tariff>();

/** The tariff that `tariffJson` gave; what was read once is remembered under its own text, so it is never stale. */
export function tariffOf(text: string | null): Tariff {
  if (text === null) return NO_TARIFF;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const tariff = JSON.parse(text) as Tariff;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(text, tariff);
  return tariff;
}
