import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { Database, type Transaction, Transactions } from '../../platform/database/index.js';
import { InputRefused, NotFound } from '../../platform/graphql/index.js';
import { RateLimits, networkOf } from '../../platform/limits/index.js';
import { AnomaliesRepository } from '../anomalies.repository.js';
import { type Piece, Pieces } from '../piece.js';
import { TagsRepository } from '../tags.repository.js';
import type { TapType } from '../taps.types.js';
import { HearTap, TAP_SESSION, type TapHeard, sessionHash, tapOf, unheard } from './hear-tap.js';
import {
  type PresentTapInput,
  type PresentTapOutcome,
  TapPresented,
  TooManyTaps,
} from './present-tap.types.js';

const WINDOW_SECONDS = 60;

/** Spends a tap: its code belongs to the first session that presents it, and everybody else is told that it was used. */
@Injectable()
export class PresentTap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Pieces) private readonly pieces: Pieces,
    @Inject(HearTap) private readonly taps: HearTap,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
    @Inject(AnomaliesRepository) private readonly anomalies: AnomaliesRepository,
  ) {}

  /** `ip` is the address of whoever asks; its network may only present so many taps in a minute. */
  async run(input: PresentTapInput, ip: string): Promise<PresentTapOutcome> {
    const { gtin, serial, picc, mac, session } = input;
    if (!TAP_SESSION.test(session))
      return new InputRefused('session', 'session is not 16 to 128 letters, digits, - and _.');
    const { tapsPerMinute } = this.config;
    if (!(await this.limits.take(`tap:${networkOf(ip)}`, tapsPerMinute, WINDOW_SECONDS)))
      return new TooManyTaps(tapsPerMinute);
    const piece = await this.pieces.find(gtin, serial);
    if (piece === null) return new NotFound('piece');
    const heard = await this.taps.hear(piece, picc, mac);
    if (heard.kind === 'TapUnheard') {
      if (heard.state === 'BAD_CODE') await this.noteGuess(piece);
      return new TapPresented(unheard(heard));
    }
    return this.transactions.run<'TapPresented', PresentTapOutcome>(
      ['TapPresented'],
      async (tx) => new TapPresented(await this.present(tx, heard, sessionHash(session))),
    );
  }

  /**
   * Whoever guesses is counted, and moves nothing: a tag cannot be locked without its key. Where there is no tag nothing
   * can be guessed, and nobody is to be told that something is odd about the piece.
   */
  private async noteGuess(piece: Piece): Promise<void> {
    if (await this.tags.isTagged(this.database, piece))
      await this.anomalies.note(this.database, piece, 'WRONG_CODES');
  }

  private async present(tx: Transaction, heard: TapHeard, session: Buffer): Promise<TapType> {
    const { tag, counter } = heard;
    // The row is the lock: who comes at the same moment waits here, and then finds the counter raised.
    const raised = await this.tags.raise(tx, tag, counter);
    const now = await tx.now();
    if (raised) {
      await this.tags.show(tx, tag, counter, session, now);
      return tapOf('FRESH', now);
    }
    const tap = await this.taps.judge(tx, heard, session, now);
    if (tap.state === 'USED') await this.anomalies.note(tx, tag, 'CODE_SHOWN_AGAIN');
    return tap;
  }
}
