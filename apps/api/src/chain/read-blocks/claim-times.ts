import { Inject, Injectable } from '@nestjs/common';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import { ChainNodes } from '../nodes/chain-nodes.js';

/** Tells when tokens were claimed by people who sent the claim themselves. */
@Injectable()
export class ClaimTimes {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  /**
   * The time of the block in which the token was claimed, as the first node that answers says; null when it tells of
   * none or answers no such question. An event cannot be proven, so this only informs.
   */
  async of(tokenId: bigint): Promise<Date | null> {
    try {
      return await this.nodes.first(async (client) => {
        const [log] = await client.getContractEvents({
          ...{ abi: collectorReceiptsAbi, address: this.nodes.contract, strict: true },
          ...{ eventName: 'Claimed', args: { tokenId }, fromBlock: 0n, toBlock: 'latest' },
        });
        if (log === undefined) return null;
        const { timestamp } = await client.getBlock({ blockNumber: log.blockNumber });
        return new Date(Number(timestamp) * 1000);
      });
    } catch {
      // Many nodes search only a short stretch of blocks for strangers; what they do not tell is not known.
      return null;
    }
  }
}
