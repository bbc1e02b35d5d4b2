import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { Database, Transactions } from '../../platform/database/index.js';
import type { ChainCall } from '../calls/chain-call.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { SendersRepository } from '../calls/senders.repository.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { FindReceipt } from '../send-call/find-receipt.js';
import { RecordInclusion } from '../send-call/record-inclusion.js';

const LOST = 'its block is gone from every node; it is sent again';

/** Takes back calls whose block is gone from every node, and lets their sender's nonce follow the chain. */
@Injectable()
export class TakeBack {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(SendersRepository) private readonly senders: SendersRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(FindReceipt) private readonly receipts: FindReceipt,
    @Inject(RecordInclusion) private readonly inclusion: RecordInclusion,
  ) {}

  /** Returns how many calls were moved: those that stand in another block by now stay, the others are queued again. */
  async all(gone: readonly ChainCall[]): Promise<number> {
    const lost: ChainCall[] = [];
    let unknown = 0;
    for (const call of gone) {
      const whereabouts = await this.whereaboutsOf(call);
      if (whereabouts === 'Lost') lost.push(call);
      if (whereabouts === 'Unknown') unknown += 1;
    }
    const senders = new Set(lost.flatMap((call) => (call.sender === null ? [] : [call.sender])));
    for (const sender of senders)
      await this.followChain(
        sender,
        lost.filter((call) => call.sender === sender),
      );
    for (const call of lost.filter(({ sender }) => sender === null)) await this.requeueUnsent(call);
    return gone.length - unknown;
  }

  /** Gives the sender the chain's count as its next nonce, and queues again all its calls from there on. */
  async followChain(sender: Hex, lost: readonly ChainCall[]): Promise<void> {
    // In this order: a nonce given in between shows as a changed row below, and then nothing is done.
    const before = await this.senders.next(this.database, sender);
    const counts = await this.nodes.each((client) => client.getTransactionCount({ address: sender }));
    const count = Math.max(...counts);
    const lostBlocks = new Map(lost.map((call) => [call.id, call.blockHash]));
    await this.transactions.run(['Followed'], async (tx) => {
      const locked = await this.calls.lockOfSender(tx, sender, count, [...lostBlocks.keys()]);
      if ((await this.senders.lock(tx, sender, count)) !== before) return { kind: 'MovedMeanwhile' } as const;
      const back = locked
        .filter((call) => call.state === 'submitted' || lostBlocks.get(call.id) === call.blockHash)
        .sort((left, right) => (left.nonce ?? 0) - (right.nonce ?? 0));
      for (const call of back) {
        if (call.state !== 'submitted') await this.outbox.tellLost(tx, call);
        await this.calls.requeue(tx, call, LOST);
        await this.outbox.enqueueSending(tx, call);
      }
      await this.senders.setNext(tx, sender, count);
      return { kind: 'Followed' } as const;
    });
  }

  /** A call that stands in another block is moved there; what a node cannot tell yet is looked for again. */
  private async whereaboutsOf(call: ChainCall): Promise<'Elsewhere' | 'Lost' | 'Unknown'> {
    const hashes = (await this.senders.transactionsOf(this.database, call)).map(({ hash }) => hash);
    const mined = await this.receipts.find(hashes);
    if (mined === null) return (await this.receipts.areNowhere(hashes)) ? 'Lost' : 'Unknown';
    if (!mined.succeeded || mined.blockHash === call.blockHash) return 'Lost';
    await this.inclusion.record(call, mined);
    return 'Elsewhere';
  }

  /** A call that was found done by somebody else's transaction has no nonce to give back. */
  private async requeueUnsent(call: ChainCall): Promise<void> {
    await this.transactions.run(['Requeued'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.blockHash !== call.blockHash) return { kind: 'MovedMeanwhile' } as const;
      await this.outbox.tellLost(tx, locked);
      await this.calls.requeue(tx, locked, LOST);
      await this.outbox.enqueueSending(tx, locked);
      return { kind: 'Requeued' } as const;
    });
  }
}
