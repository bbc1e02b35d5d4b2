import pg from 'pg';
import type { Logger } from 'pino';
import type { Sweep } from './jobs.js';

const EVERY_MS = 1000;

/** Runs every sweep each second, and at once when the clock is stepped (the clock's table notifies). */
export class SweepLoop {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly sweeps: readonly Sweep[],
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.listen();
    this.timer = setInterval(() => {
      this.wake();
    }, EVERY_MS);
    this.wake();
  }

  /** Runs all sweeps now, or once more when they are running already. */
  wake(): void {
    if (this.stopped) return;
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    this.running = this.runAll().finally(() => {
      this.running = undefined;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
    await this.client?.end();
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'touchmark-sweeps',
    });
    client.on('notification', () => {
      this.wake();
    });
    client.on('error', (error) => {
      // The timer goes on by itself; only the early wake-up is lost until the next start.
      this.logger.warn({ err: error }, 'the clock listener broke');
    });
    await client.connect();
    await client.query('LISTEN clock_stepped');
    this.client = client;
  }

  private async runAll(): Promise<void> {
    for (const sweep of this.sweeps) {
      if (this.stopped) return;
      try {
        await sweep.run();
      } catch (error) {
        this.logger.error({ err: error, sweep: sweep.name }, 'a sweep failed and will run again');
      }
    }
  }
}
