import pg from 'pg';
import type { Logger } from 'pino';

const RESCUE_EVERY_MS = 2000;

// A crash is no failure of the job: the last attempt, which the queue counted when it began, is given back.
const GIVE_BACK = `UPDATE graphile_worker._private_jobs SET max_attempts = attempts + 1
  WHERE locked_by = ANY($1::text[]) AND attempts >= max_attempts`;

/**
 * Proof of life of this process's workers: a session advisory lock on the id of their pool, under which they lock jobs,
 * on a connection of its own. The server drops the lock when the process dies, and any other worker then unlocks the jobs.
 */
export class Liveness {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private chain: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'touchmark-liveness',
    });
    this.client.on('error', (error) => {
      // Without its lock a worker may be taken for dead while it works: better to stop and be started again.
      this.logger.fatal({ err: error }, 'the proof-of-life connection broke; this process ends');
      process.exit(1);
    });
    await this.client.connect();
    await this.rescue();
    this.timer = setInterval(() => {
      this.enqueue(() => this.rescue());
    }, RESCUE_EVERY_MS);
  }

  /** Takes the lock of one pool of workers. */
  announce(poolId: string): void {
    this.enqueue(async () => {
      await this.client?.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [poolId]);
    });
  }

  /** Unlocks the jobs of pools whose lock nobody holds; returns how many pools were dead. */
  async rescue(): Promise<number> {
    const dead = await this.client?.query<{ locked_by: string }>(
      `SELECT DISTINCT locked_by FROM graphile_worker._private_jobs AS job
        WHERE locked_by IS NOT NULL AND locked_at < now() - interval '2 seconds'
          AND NOT EXISTS (
            SELECT 1 FROM pg_locks
             WHERE locktype = 'advisory' AND granted AND objsubid = 1
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND (classid::bigint << 32 | objid::bigint) = hashtextextended(job.locked_by, 0))`,
    );
    const ids = dead?.rows.map((row) => row.locked_by) ?? [];
    if (ids.length > 0) {
      await this.client?.query(GIVE_BACK, [ids]);
      await this.client?.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [ids]);
      this.logger.warn({ workers: ids.length }, 'jobs of workers that died were unlocked');
    }
    return ids.length;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.chain;
    await this.client?.end();
    this.client = undefined;
  }

  private enqueue(work: () => Promise<unknown>): void {
    this.chain = this.chain.then(work).catch((error: unknown) => {
      this.logger.error({ err: error }, 'proof of life failed');
    });
  }
}
