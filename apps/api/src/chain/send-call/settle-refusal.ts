import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions } from '../../platform/database/index.js';
import type { ChainCall } from '../calls/chain-call.js';
import { type AfterRefusal, ChainCalls } from '../calls/chain-calls.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { encodeCall } from '../calls/receipts-call.js';
import { refusalOf, wordsOf } from './node-answers.js';

/** Settles what becomes of a call that the contract would refuse now and whose effect is not on chain either. */
@Injectable()
export class SettleRefusal {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
  ) {}

  async settle(call: ChainCall, error: unknown): Promise<void> {
    const answer = await this.answerTo(call, error);
    const unchanged = answer.kind === 'Send' && encodeCall(answer.call) === call.data;
    if (answer.kind === 'Wait' || unchanged)
      return this.calls.touch(this.database, call.coopId, call.id, wordsOf(error));
    await this.transactions.run(['Settled'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'queued') return { kind: 'TakenAlready' } as const;
      if (answer.kind === 'Send') {
        await this.calls.rewrite(tx, locked, encodeCall(answer.call));
        await this.outbox.enqueueSending(tx, locked);
      } else {
        await this.calls.giveUp(tx, locked, wordsOf(error));
        await this.outbox.refusedHandler(locked.purpose)?.givenUp(tx, locked, answer.words);
      }
      return { kind: 'Settled' } as const;
    });
  }

  private async answerTo(call: ChainCall, error: unknown): Promise<AfterRefusal> {
    const refusal = refusalOf(error);
    const handler = this.outbox.refusedHandler(call.purpose);
    return refusal === null || handler === undefined ? { kind: 'Wait' } : handler.decide(call, refusal);
  }
}
