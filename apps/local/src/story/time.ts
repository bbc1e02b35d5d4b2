import pg from 'pg';
import { setChainClock } from '../chain-clock.ts';

/** The story's time: the clock port of the product and the clock of the chain, moved together and only forward. */
export class StoryTime {
  private readonly client: pg.Client;
  private readonly chainUrl: string;

  private constructor(client: pg.Client, chainUrl: string) {
    this.client = client;
    this.chainUrl = chainUrl;
  }

  /** Starts `behindMs` before now, or goes on where an interrupted story stood. */
  static async open(databaseUrl: string, chainUrl: string, behindMs: number): Promise<StoryTime> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(
      'INSERT INTO clock_offset (step) VALUES (make_interval(secs => $1)) ON CONFLICT DO NOTHING',
      [-behindMs / 1000],
    );
    const time = new StoryTime(client, chainUrl);
    await time.setChain();
    return time;
  }

  async now(): Promise<Date> {
    const { rows } = await this.client.query<{ now: Date }>('SELECT app_now() AS now');
    const [row] = rows;
    if (row === undefined) throw new Error('app_now() gave no row');
    return row.now;
  }

  /** Steps to `at`; does nothing when it is past already. */
  async goTo(at: Date): Promise<void> {
    const byMs = at.getTime() - (await this.now()).getTime();
    if (byMs <= 0) return;
    await this.client.query('UPDATE clock_offset SET step = step + make_interval(secs => $1)', [byMs / 1000]);
    await this.setChain();
  }

  /** The present: the clock port runs on real time again. */
  async returnToPresent(): Promise<void> {
    await this.client.query('DELETE FROM clock_offset');
    await this.setChain();
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async setChain(): Promise<void> {
    await setChainClock(this.chainUrl, (await this.now()).getTime() / 1000);
  }
}
