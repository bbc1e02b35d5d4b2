import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { ChainCall } from '../calls/chain-call.js';
import { OpenCallsRepository } from '../calls/open-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { wordsOf } from '../send-call/node-answers.js';
import { RecordInclusion } from '../send-call/record-inclusion.js';
import { type Standing, standingOf } from './block-standing.js';
import { NodeViews } from './node-views.js';
import { TakeBack } from './take-back.js';

// Longer than a healthy job takes, short enough that a call whose job died goes on within seconds.
const STALE_SECONDS = 3;
// Nodes of others count their requests; the chain of one machine comes back from a kill and must be seen to.
const FINAL_EVERY_MS = { production: 30_000, development: 3000, test: 3000 } as const;
const FINAL_PAGE = 100;

/** The sweep over the outbox: brings back what nobody works on, sees blocks become final, and finds what was lost. */
@Injectable()
export class WatchCalls {
  private finalSeenMs = Number.NEGATIVE_INFINITY;
  private reachable = true;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OpenCallsRepository) private readonly calls: OpenCallsRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(NodeViews) private readonly views: NodeViews,
    @Inject(RecordInclusion) private readonly inclusion: RecordInclusion,
    @Inject(TakeBack) private readonly takeBack: TakeBack,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'watch_chain_calls', run: () => this.run() });
  }

  /** Returns how many calls were moved on. */
  async run(): Promise<number> {
    const stale = await this.calls.stale(this.database, STALE_SECONDS);
    for (const call of stale) await this.outbox.enqueueSending(this.database, call);
    try {
      const moved = (await this.watchIncluded()) + (await this.watchFinal()) + (await this.closeGaps(stale));
      this.tell(true);
      return stale.length + moved;
    } catch (error) {
      // The chain being away is told once, by readiness and this line, and not every second.
      this.tell(false, wordsOf(error));
      return stale.length;
    }
  }

  private async watchIncluded(): Promise<number> {
    const included = await this.calls.included(this.database);
    if (included.length === 0) return 0;
    const standings = await this.standings(included);
    const final = included.filter((call) => standings.get(call.id) === 'Final');
    for (const call of final) await this.inclusion.finalize(call, await this.timeOf(call));
    const safe = included.filter((call) => !call.safe && standings.get(call.id) === 'Safe');
    for (const call of safe) await this.inclusion.makeSafe(call);
    const gone = included.filter((call) => standings.get(call.id) === 'Gone');
    return final.length + safe.length + (await this.takeBack.all(gone));
  }

  /** Final blocks do not go, unless the chain itself was set back: the newest one tells, and then all are looked at. */
  private async watchFinal(): Promise<number> {
    if (performance.now() - this.finalSeenMs < FINAL_EVERY_MS[this.config.mode]) return 0;
    const gone: ChainCall[] = [];
    for (;;) {
      const page = await this.calls.newestFinal(
        this.database,
        gone.length === 0 ? 1 : FINAL_PAGE,
        gone.length,
      );
      const standings = await this.standings(page);
      const lost = page.filter((call) => standings.get(call.id) === 'Gone');
      gone.push(...lost);
      if (page.length > 0 && lost.length === page.length) continue;
      // While it cannot be told it is asked each time, so that a chain set back is seen as soon as it can be.
      if (![...standings.values()].includes('Unknown')) this.finalSeenMs = performance.now();
      break;
    }
    if (gone.length > 0)
      this.logger.warn({ calls: gone.length }, 'the chain was set back; its calls are sent again');
    return this.takeBack.all(gone);
  }

  /** A submitted call whose sender's count on chain is below its nonce, with nothing of ours in between, waits for ever. */
  private async closeGaps(stale: readonly ChainCall[]): Promise<number> {
    const submitted = stale.filter((call) => call.state === 'submitted');
    for (const sender of new Set(submitted.flatMap((call) => call.sender ?? []))) {
      const nonces = await this.calls.submittedNonces(this.database, sender);
      const counts = await this.nodes.each((client) => client.getTransactionCount({ address: sender }));
      const count = Math.max(...counts);
      if (nonces.every((nonce) => nonce > count)) await this.takeBack.followChain(sender, []);
    }
    return 0;
  }

  private async standings(calls: readonly ChainCall[]): Promise<Map<string, Standing>> {
    const views = await this.views.at(calls.flatMap((call) => call.blockNumber ?? []));
    return new Map(
      calls.map((call) => [
        call.id,
        standingOf(
          { number: call.blockNumber ?? 0n, hash: call.blockHash ?? '' },
          views.get(call.blockNumber ?? 0n) ?? [],
        ),
      ]),
    );
  }

  private async timeOf(call: ChainCall): Promise<Date> {
    const blockHash = call.blockHash ?? '0x';
    const { timestamp } = await this.nodes.first((client) => client.getBlock({ blockHash }));
    return new Date(Number(timestamp) * 1000);
  }

  private tell(reachable: boolean, detail?: string): void {
    if (reachable === this.reachable) return;
    this.reachable = reachable;
    if (reachable) this.logger.info('the chain can be watched again');
    else this.logger.warn({ detail }, 'the chain cannot be watched; it is tried again every second');
  }
}
