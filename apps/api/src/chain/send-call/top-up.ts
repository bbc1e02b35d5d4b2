import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { Transactions } from '../../platform/database/index.js';
import { ChainCalls } from '../calls/chain-calls.js';
import { ChainCallsRepository } from '../calls/chain-calls.repository.js';
import { OpenCallsRepository } from '../calls/open-calls.repository.js';

/** Gas for about fifty calls, so that a top-up is rare. */
const TOP_UP_GAS = 5_000_000n;
export const TOP_UP = 'top_up';

/** Sends ether from the gas key to an issuer's address that runs low, by a call of the outbox like any other. */
@Injectable()
export class TopUp {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(ChainCallsRepository) private readonly calls: ChainCallsRepository,
    @Inject(OpenCallsRepository) private readonly open: OpenCallsRepository,
    @Inject(ChainCalls) private readonly outbox: ChainCalls,
  ) {
    // Whoever waited for the money goes on at once.
    outbox.onIncluded(TOP_UP, async (tx, { coopId }) => {
      for (const call of await this.open.queuedOfIssuer(tx, coopId))
        await this.outbox.enqueueSending(tx, call);
    });
  }

  /** Enqueues a top-up of `address`, unless one is on its way. */
  async request(coopId: string, address: Hex, maxFeePerGas: bigint): Promise<void> {
    await this.transactions.run(['Requested'], async (tx) => {
      if (await this.calls.underWay(tx, coopId, TOP_UP, address)) return { kind: 'UnderWay' } as const;
      await this.outbox.enqueueTransfer(tx, coopId, TOP_UP, address, TOP_UP_GAS * maxFeePerGas);
      return { kind: 'Requested' } as const;
    });
  }
}
