import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations } from '../../../apps/api/src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const id = (place: number): string => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
const [FIRST, SQUEEZED, BEHIND, ELSEWHERE, OVER, PLAIN] = [id(1), id(2), id(3), id(4), id(5), id(10)];
const [CELL, PLAIN_CELL] = [id(7), id(11)];

interface Place {
  readonly station: number;
  readonly cell: string;
  readonly year: number;
}

/** A confirmed booking on a day long to come or over: when its changeover begins, its window, and the changeover's minutes. */
const booking = (
  key: string,
  [claimAt, from, to, minutes]: readonly [claimAt: string, from: string, to: string, minutes: number],
  { station = 8, cell = CELL, year = 2100 }: Partial<Place> = {},
) =>
  `INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, origin, during, claim,
       changeover_minutes, price_minor, currency, held_at, confirmed_at)
     VALUES ('${id(6)}', '${key}', '${id(12)}', '${cell}', '${id(station)}', '${id(9)}', 'confirmed', 'member',
       '[${String(year)}-01-01 ${from},${String(year)}-01-01 ${to})',
       '[${String(year)}-01-01 ${claimAt},${String(year)}-01-01 ${to})', ${String(minutes)}, 0, 'EUR', '2026-01-01', '2026-01-01');`;

/** Changeovers of a cell between two families. */
const changeover = (cell: string, minutes: number) =>
  `INSERT INTO changeover (coop_id, cell_id, from_family, to_family, minutes, cost_minor)
     VALUES ('${id(6)}', '${cell}', 'black', 'red', ${String(minutes)}, 0);`;

describe('the migration of crowded bookings', () => {
  let database: TestDatabase;
  let source: DataSource;
  const isThere = async (): Promise<boolean> =>
    (await database.query(`SELECT 1 FROM pg_attribute WHERE attname = 'crowded'`)).length > 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = { type: 'postgres' as const, url: database.url };
    source = new DataSource({ ...url, migrations: migrations(), installExtensions: false });
    await source.initialize();
    while (await isThere()) await source.undoLastMigration();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('marks all that may be squeezed or stand behind what is, until they are linked again', async () => {
    const rows = [
      changeover(CELL, 60),
      changeover(PLAIN_CELL, 0),
      booking(OVER, ['08:00', '08:00', '09:00', 0], { year: 2020 }),
      booking(id(16), ['08:00', '08:00', '09:00', 0], { year: 2021 }),
      booking(FIRST, ['08:00', '08:00', '09:00', 0], { station: 13 }),
      booking(SQUEEZED, ['09:00', '09:30', '10:00', 60], { station: 13 }),
      // As its neighbour needs none before it, it says nothing of the first, to which it may be too close.
      booking(BEHIND, ['10:00', '10:00', '11:00', 0], { station: 13 }),
      booking(ELSEWHERE, ['09:00', '10:00', '11:00', 60]),
      booking(PLAIN, ['10:00', '10:00', '11:00', 0], { station: 14, cell: PLAIN_CELL }),
      booking(id(15), ['11:00', '11:00', '12:00', 0], { station: 14, cell: PLAIN_CELL }),
    ];
    // Foreign keys sleep while the rows are made.
    await database.query(`BEGIN; SET LOCAL session_replication_role = replica; ${rows.join('\n')} COMMIT`);
    await source.runMigrations();
    const marked = await database.query('SELECT id FROM booking WHERE crowded ORDER BY id');
    expect(marked).toEqual([SQUEEZED, BEHIND, ELSEWHERE].map((key) => ({ id: key })));
  });
});
