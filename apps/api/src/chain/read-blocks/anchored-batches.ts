import { Inject, Injectable } from '@nestjs/common';
import { batchCommitment, type Hex, tokenIdOf } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { PublicClient } from 'viem';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { newestLog } from '../nodes/newest-log.js';

/** A batch as the contract holds it; times in seconds since 1970. */
export interface BatchOnChain {
  readonly firstSerial: number;
  readonly count: number;
  readonly root: Hex;
  readonly time: number;
  readonly cosignUntil: number;
}

/** An edition as the contract holds it at the newest block; times in seconds since 1970. */
export interface EditionOnChain {
  readonly anchored: number;
  readonly anchorUntil: number;
  readonly objectionSeconds: number;
}

/**
 * Reads the batches of an edition at the newest block, as the first node that answers tells it: for people who are about to
 * act on them. What a node invents is refused by the contract; a verdict is never made of it.
 */
@Injectable()
export class AnchoredBatches {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  /** Null while the edition is not opened. */
  async edition(issuer: Hex, edition: bigint): Promise<EditionOnChain | null> {
    const [, , anchored, , anchorUntil, exists, objectionSeconds] = await this.nodes.first((client) =>
      client.readContract({
        ...this.contract(),
        functionName: 'editionOf',
        args: [issuer, edition],
      }),
    );
    return exists ? { anchored, anchorUntil, objectionSeconds } : null;
  }

  /** True when exactly this batch stands there. */
  async holds(issuer: Hex, edition: bigint, batch: BatchOnChain): Promise<boolean> {
    const args = [issuer, edition, batch.firstSerial] as const;
    const held = await this.nodes.first((client) =>
      client.readContract({ ...this.contract(), functionName: 'batchOf', args }),
    );
    return held === batchCommitment(batch);
  }

  /** The batch that ends at `lastSerial`, found by its events from that which starts at `firstSerial` on; null when none is. */
  async endingAt(
    issuer: Hex,
    edition: bigint,
    firstSerial: number,
    lastSerial: number,
  ): Promise<BatchOnChain | null> {
    for (let serial = firstSerial; serial <= lastSerial;) {
      const batch = await this.startingAt(issuer, edition, serial);
      if (batch === null) return null;
      if (batch.firstSerial + batch.count - 1 === lastSerial) return batch;
      serial = batch.firstSerial + batch.count;
    }
    return null;
  }

  private async startingAt(issuer: Hex, edition: bigint, firstSerial: number): Promise<BatchOnChain | null> {
    const firstTokenId = tokenIdOf({ issuer, edition, serial: firstSerial });
    const batch = await this.nodes.first((client) => this.newestAt(client, firstTokenId, firstSerial));
    return batch !== null && (await this.holds(issuer, edition, batch)) ? batch : null;
  }

  private async newestAt(
    client: PublicClient,
    firstTokenId: bigint,
    firstSerial: number,
  ): Promise<BatchOnChain | null> {
    const log = await newestLog(await client.getBlockNumber(), async (range) => {
      const args = { firstTokenId };
      const where = { ...this.contract(), ...range, args, eventName: 'BatchAnchored', strict: true } as const;
      return (await client.getContractEvents(where)).at(-1) ?? null;
    });
    if (log === null) return null;
    const { count, root, cosignUntil } = log.args;
    const { timestamp } = await client.getBlock({ blockHash: log.blockHash });
    return { firstSerial, count, root, time: Number(timestamp), cosignUntil };
  }

  private contract() {
    return { abi: collectorReceiptsAbi, address: this.nodes.contract } as const;
  }
}
