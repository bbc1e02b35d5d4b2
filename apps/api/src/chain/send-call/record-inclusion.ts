import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import type { ChainCall, Inclusion } from '../calls/chain-call.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { ChainNodes } from '../nodes/chain-nodes.js';

/** Writes down that a call stands in a block, together with all that follows from it. */
@Injectable()
export class RecordInclusion {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
  ) {}

  /** The handlers of the purpose run in the same transaction as the change of state, or neither happens. */
  async record(call: ChainCall, inclusion: Inclusion): Promise<void> {
    const { timestamp } = await this.nodes.first((client) =>
      client.getBlock({ blockHash: inclusion.blockHash }),
    );
    const blockTime = new Date(Number(timestamp) * 1000);
    await this.transactions.run(['Recorded'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked === null || locked.blockHash === inclusion.blockHash)
        return { kind: 'KnownAlready' } as const;
      await this.calls.include(tx, locked, inclusion);
      await this.outbox.tellIncluded(tx, locked, blockTime);
      return { kind: 'Recorded' } as const;
    });
  }

  /** Writes down that the block of a call is hardly ever replaced; nothing follows from it but what is told. */
  async makeSafe(call: ChainCall): Promise<void> {
    await this.transactions.run(['Recorded'], async (tx) =>
      (await this.calls.makeSafe(tx, call)) ? { kind: 'Recorded' } : { kind: 'KnownAlready' },
    );
  }

  /** Writes down that the block of a call can no longer be replaced. */
  async finalize(call: ChainCall, blockTime: Date): Promise<void> {
    await this.transactions.run(['Recorded'], async (tx) => {
      const locked = await this.calls.lock(tx, call.coopId, call.id);
      if (locked?.state !== 'included' || locked.blockHash !== call.blockHash)
        return { kind: 'KnownAlready' } as const;
      await this.calls.finalize(tx, locked);
      await this.outbox.tellFinal(tx, locked, blockTime);
      return { kind: 'Recorded' } as const;
    });
  }
}
