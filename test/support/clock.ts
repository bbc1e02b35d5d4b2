import type { TestDatabase } from './database.js';

/** The clock port of one test's product, moved by hand. */
export interface TestClock {
  /** Holds the time still at this moment. */
  freeze(at: Date): Promise<void>;
  /** Moves a frozen clock, or one that runs, by so many milliseconds. */
  step(byMs: number): Promise<void>;
  /** Back to real time. */
  release(): Promise<void>;
  now(): Promise<Date>;
}

/** The port is database time plus a row, so a test moves it for every process of the product at once. */
export function testClock(database: TestDatabase): TestClock {
  return {
    freeze: async (at) => {
      await database.query(
        `insert into clock_offset (frozen_at) values ($1)
         on conflict (id) do update set step = '0', frozen_at = excluded.frozen_at`,
        [at],
      );
    },
    step: async (byMs) => {
      await database.query(
        `insert into clock_offset (step) values (make_interval(secs => $1))
         on conflict (id) do update set
           step = case when clock_offset.frozen_at is null then clock_offset.step + excluded.step else clock_offset.step end,
           frozen_at = clock_offset.frozen_at + excluded.step`,
        [byMs / 1000],
      );
    },
    release: async () => {
      await database.query('delete from clock_offset');
    },
    now: async () => {
      const [row] = await database.query<{ now: Date }>('select app_now() as now');
      if (!row) throw new Error('app_now() gave no row; expected the time of the clock port.');
      return row.now;
    },
  };
}
