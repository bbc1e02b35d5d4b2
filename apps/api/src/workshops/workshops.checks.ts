import type { Check } from '../platform/checks/check.js';

/** What must always hold of hours, closures, families and inductions. */
export const CHECKS: Check[] = [
  {
    name: 'a cell has a default family exactly when it has families, and it is one of them',
    counted: 'SELECT count(*) FROM cell',
    violations: `
      SELECT cell.coop_id, cell.id FROM cell
       WHERE (cell.default_family IS NOT NULL) <> EXISTS (
         SELECT 1 FROM setup_family AS family WHERE family.coop_id = cell.coop_id AND family.cell_id = cell.id)`,
  },
  {
    name: 'every changeover is between families of its own cell',
    counted: 'SELECT count(*) FROM changeover',
    violations: `
      SELECT written.coop_id, written.cell_id, named.family FROM changeover AS written
       CROSS JOIN LATERAL unnest(ARRAY[written.from_family, written.to_family]) AS named (family)
       WHERE named.family <> '*' AND NOT EXISTS (
         SELECT 1 FROM setup_family AS family
          WHERE family.coop_id = written.coop_id AND family.cell_id = written.cell_id AND family.name = named.family)`,
  },
  {
    name: 'own hours and closures are of a station of their cell and a cell of their workshop',
    counted: 'SELECT (SELECT count(*) FROM own_hours) + (SELECT count(*) FROM closure) AS count',
    violations: `
      SELECT place.coop_id, place.id FROM (
        SELECT coop_id, id, workshop_id, cell_id, station_id FROM own_hours
        UNION ALL SELECT coop_id, id, workshop_id, cell_id, station_id FROM closure WHERE cell_id IS NOT NULL) AS place
        JOIN cell ON cell.coop_id = place.coop_id AND cell.id = place.cell_id
        LEFT JOIN station ON station.coop_id = place.coop_id AND station.id = place.station_id
       WHERE cell.workshop_id <> place.workshop_id OR (place.station_id IS NOT NULL AND station.cell_id <> place.cell_id)`,
  },
  {
    name: 'own hours of a place do not overlap on a day',
    counted: 'SELECT count(*) FROM own_hours',
    violations: `
      SELECT a.coop_id, a.id FROM own_hours AS a JOIN own_hours AS b
          ON b.coop_id = a.coop_id AND b.cell_id = a.cell_id AND b.station_id IS NOT DISTINCT FROM a.station_id
         AND b.weekday = a.weekday AND b.id > a.id AND b.from_minute < a.to_minute AND a.from_minute < b.to_minute`,
  },
];
