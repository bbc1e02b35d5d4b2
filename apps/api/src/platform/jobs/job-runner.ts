import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { Logger as WorkerLogger, run, type Runner, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../config/config.js';
import { LOGGER, requestScope, withoutSecrets } from '../telemetry/logger.js';
import { Jobs } from './jobs.js';
import { Liveness } from './liveness.js';
import { SweepLoop } from './sweep-loop.js';

const CONCURRENCY = 4;
// The clock's own trigger wakes sweeps at once; this bound is for jobs whose NOTIFY was lost.
const POLL_MS = 1000;

/** Runs the jobs and sweeps of the features in this process, and rescues those of processes that died. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private runner: Runner | undefined;
  private pool: pg.Pool | undefined;
  private liveness: Liveness | undefined;
  private sweeps: SweepLoop | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** Starts to work; `tasks` narrows the process to those tasks and leaves the sweeps to others. */
  async start(tasks?: readonly string[]): Promise<void> {
    this.pool = new pg.Pool({ connectionString: this.config.databaseUrl, max: CONCURRENCY + 4 });
    const broke = (error: Error): void => {
      this.logger.warn({ err: error }, 'a worker connection broke');
    };
    this.pool.on('error', broke);
    this.pool.on('connect', (client) => client.on('error', broke));
    this.liveness = new Liveness(this.config.databaseUrl, this.logger);
    await this.liveness.start();
    const events = new EventEmitter();
    const { liveness } = this;
    // Jobs are locked by the pool, whose id becomes known here; a rescue gives a new pool two seconds to announce itself.
    events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
      liveness.announce(workerPool.id);
    });
    this.runner = await run({
      pgPool: this.pool,
      taskList: this.taskList(tasks),
      concurrency: CONCURRENCY,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      events,
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error') this.logger.error({ worker: message }, 'the job queue reported an error');
      }),
    });
    // Shutdown awaits this promise; a failure before that must not end the process as an unhandled rejection.
    this.runner.promise.catch((error: unknown) => {
      this.logger.error({ err: error }, 'the job runner stopped');
    });
    if (tasks === undefined) {
      this.sweeps = new SweepLoop(this.config.databaseUrl, this.jobs.sweeps, this.logger);
      await this.sweeps.start();
    }
  }

  /** True when this process runs jobs. */
  get running(): boolean {
    return this.runner !== undefined;
  }

  // Before the shutdown proper, which closes the pool that the jobs at hand still need.
  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeps?.stop();
    await this.runner?.stop();
    await this.liveness?.stop();
    await this.pool?.end();
    this.runner = undefined;
  }

  private taskList(tasks: readonly string[] | undefined): TaskList {
    const names = tasks ?? [...this.jobs.handlers.keys()];
    return Object.fromEntries(
      names.map((name) => {
        const handler = this.jobs.handlers.get(name);
        if (handler === undefined) throw new Error(`the task ${name} has no handler in this process`);
        return [
          name,
          (
            payload: unknown,
            helpers: {
              job: { id: string; attempts: number; max_attempts: number };
              abortSignal?: AbortSignal | undefined;
            },
          ) =>
            requestScope.run({ requestId: `job-${helpers.job.id}` }, async () => {
              try {
                await handler(payload as Record<string, unknown>, {
                  attempt: helpers.job.attempts,
                  maxAttempts: helpers.job.max_attempts,
                  signal: helpers.abortSignal,
                });
              } catch (error) {
                this.logger.warn(
                  { err: error, task: name, attempt: helpers.job.attempts },
                  'a job failed and will be tried again',
                );
                // The queue keeps this message in its table, where an address with its key does not belong.
                const said = error instanceof Error ? error.message : 'the job threw no error';
                throw new Error(withoutSecrets(said), { cause: error });
              }
            }),
        ];
      }),
    );
  }
}
