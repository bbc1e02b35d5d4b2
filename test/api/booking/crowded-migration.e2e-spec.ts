import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations } from '../../../apps/api/src/platform/database/migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const id = (place: number): string => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
const [FIRST, TOUCHES, APART, SAME, OTHER] = [id(1), id(2), id(3), id(4), id(5)];

/** A confirmed booking on a day long to come: when its changeover begins, its window, and the changeover's minutes. */
const booking = (key: string, claimAt: string, from: string, to: string, minutes: number, station = 8) =>
  `INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, origin, during, claim,
       changeover_minutes, price_minor, currency, held_at, confirmed_at)
     VALUES ('${id(6)}', '${key}', '${id(7)}', '${id(7)}', '${id(station)}', '${id(9)}', 'confirmed', 'member',
       '[2100-01-01 ${from},2100-01-01 ${to})', '[2100-01-01 ${claimAt},2100-01-01 ${to})', ${String(minutes)}, 0, 'EUR',
       '2026-01-01', '2026-01-01');`;

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

  it('marks those whose changeover begins where their neighbour ends: among them are all that are squeezed', async () => {
    const bookings = [
      booking(FIRST, '08:00', '08:00', '09:00', 0),
      booking(TOUCHES, '09:00', '09:30', '10:00', 60),
      booking(APART, '10:15', '10:30', '11:00', 15),
      booking(SAME, '11:00', '11:00', '12:00', 0),
      // Its changeover begins where something ends on another station.
      booking(OTHER, '09:00', '10:00', '11:00', 60, 10),
    ];
    // Foreign keys sleep while the rows are made.
    await database.query(
      `BEGIN; SET LOCAL session_replication_role = replica; ${bookings.join('\n')} COMMIT`,
    );
    await source.runMigrations();
    const marked = await database.query('SELECT id FROM booking WHERE crowded');
    expect(marked).toEqual([{ id: TOUCHES }]);
  });
});
