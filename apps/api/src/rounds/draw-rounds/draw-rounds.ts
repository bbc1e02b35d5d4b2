import { Inject, Injectable } from '@nestjs/common';
import { Blocks } from '../../chain/index.js';
import { Database } from '../../platform/database/index.js';
import { Jobs, eachByItself } from '../../platform/jobs/index.js';
import { RoundsRepository } from '../rounds.repository.js';
import { CloseRound } from './close-round.js';
import { DrawRound } from './draw-round.js';

const BATCH = 50;
const DRAW_ROUND = 'draw-round';

/**
 * Takes each round past its deadline one step further: fixed, then drawn. What is to be done follows from the state
 * alone, so it may be done twice, by several workers, or after a crash.
 */
@Injectable()
export class DrawRounds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(CloseRound) private readonly close: CloseRound,
    @Inject(DrawRound) private readonly draw: DrawRound,
    @Inject(Blocks) private readonly blocks: Blocks,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {
    jobs.sweep({ name: 'rounds', run: () => this.run() });
    jobs.handle(DRAW_ROUND, ({ coopId, roundId }) => this.drawOne(String(coopId), String(roundId)));
  }

  /** Closes what is due and asks for the draw of what is closed; the chain is asked by a job, so no sweep waits for it. */
  async run(): Promise<number> {
    let closed = 0;
    await eachByItself(await this.rounds.due(this.database, BATCH), async ({ coopId, id, state }) => {
      if (state === 'open' && (await this.close.run(coopId, id))) closed += 1;
      const payload = { coopId, roundId: id };
      await this.jobs.enqueue(this.database, DRAW_ROUND, payload, {
        key: `${DRAW_ROUND}-${id}`,
        maxAttempts: 1,
      });
    });
    return closed;
  }

  /** Draws a round when the first block after its deadline is final; until then the next sweep asks again. */
  async drawOne(coopId: string, id: string): Promise<void> {
    const round = await this.rounds.byId(this.database, coopId, id);
    if (round?.state !== 'closed') return;
    const block = await this.blocks.firstAfter(round.deadlineAt);
    if (block !== null) await this.draw.run(coopId, id, block);
  }
}
