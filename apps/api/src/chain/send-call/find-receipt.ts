import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import type { Inclusion } from '../calls/chain-call.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { isNotFound } from './node-answers.js';

/** A call's transaction is in a block; `succeeded` is false when the contract refused it there. */
export interface Mined extends Inclusion {
  readonly succeeded: boolean;
}

/** Looks for the receipt of any of the transactions of a call. */
@Injectable()
export class FindReceipt {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  async find(hashes: readonly Hex[]): Promise<Mined | null> {
    for (const hash of hashes) {
      const answers = await this.nodes.settled((client) => client.getTransactionReceipt({ hash }));
      const found = answers.find((answer) => answer.status === 'fulfilled');
      if (found !== undefined) {
        const { transactionHash, blockNumber, blockHash, status } = found.value;
        return { transactionHash, blockNumber, blockHash, succeeded: status === 'success' };
      }
    }
    return null;
  }

  /**
   * True when every node answers that it has none of these in a block. One that fails, or has not indexed its blocks yet, has
   * not said so: what would be sent once more after that could be paid twice.
   */
  async areNowhere(hashes: readonly Hex[]): Promise<boolean> {
    for (const hash of hashes) {
      const answers = await this.nodes.settled((client) => client.getTransactionReceipt({ hash }));
      if (!answers.every((answer) => answer.status === 'rejected' && isNotFound(answer.reason))) return false;
    }
    return true;
  }
}
