import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { Database } from '../database/database.js';
import { pendingMigrations } from '../database/migrations.js';
import { LOGGER } from '../telemetry/logger.js';
import { HealthChecks, NotReadyError } from './health-checks.js';

const JOBS_STUCK = `SELECT count(*)::int AS stuck FROM graphile_worker._private_jobs
  WHERE locked_by IS NULL AND attempts < max_attempts AND run_at < now() - interval '60 seconds'`;

interface Finding {
  readonly ok: boolean;
  readonly detail: string;
}

const PATIENCE_MS = 4000;

async function within<Answer>(work: Promise<Answer>): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new NotReadyError(`does not answer within ${String(PATIENCE_MS / 1000)} s`));
  }, PATIENCE_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** `live`: the process answers. `ready`: everything it needs answers too; 503 names what does not. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HealthChecks) private readonly checks: HealthChecks,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) res: Response): Promise<Record<string, unknown>> {
    const entries = await Promise.all([
      this.named('database', async () => {
        await this.database.query('SELECT 1');
        return 'answers';
      }),
      this.named('migrations', async () => {
        const pending = await pendingMigrations((text) => this.database.query(text));
        if (pending > 0) throw new NotReadyError(`${String(pending)} migrations are pending`);
        return 'up to date';
      }),
      this.named('jobs', async () => {
        const [row] = await this.database.query<{ stuck: number }>(JOBS_STUCK);
        if ((row?.stuck ?? 0) > 0)
          throw new NotReadyError(`${String(row?.stuck)} jobs have waited for over a minute`);
        return 'moving';
      }),
      ...[...this.checks.all].map(([name, check]) => this.named(name, check)),
    ]);
    const ok = entries.every(([, found]) => found.ok);
    res.status(ok ? 200 : 503);
    return { status: ok ? 'ok' : 'not ready', checks: Object.fromEntries(entries) };
  }

  private async named(name: string, work: () => Promise<string>): Promise<[string, Finding]> {
    try {
      return [name, { ok: true, detail: await within(work()) }];
    } catch (error) {
      // Anybody may ask: what a driver says (addresses, users, keys in URLs) is for the log only.
      this.logger.warn({ err: error, check: name }, 'a readiness check failed');
      return [
        name,
        { ok: false, detail: error instanceof NotReadyError ? error.message : 'does not answer' },
      ];
    }
  }
}
