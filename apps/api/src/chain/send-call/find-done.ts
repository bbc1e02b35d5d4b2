import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { editionId } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { PublicClient } from 'viem';
import type { ChainCall, Inclusion } from '../calls/chain-call.js';
import { decodeCall } from '../calls/receipts-call.js';
import { ChainNodes } from '../nodes/chain-nodes.js';

interface MinedLog {
  readonly transactionHash: Hex;
  readonly blockNumber: bigint;
  readonly blockHash: Hex;
}

/** Finds out whether the effect of a call is on chain already, by a transaction that this database does not know. */
@Injectable()
export class FindDone {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  /** Where the effect of `call` sent by `sender` came to stand; null when it is not there. */
  async find(call: ChainCall, sender: Hex): Promise<Inclusion | null> {
    const log = await this.nodes.first((client) => this.logOf(client, call, sender));
    return (
      log && { transactionHash: log.transactionHash, blockNumber: log.blockNumber, blockHash: log.blockHash }
    );
  }

  private async logOf(client: PublicClient, call: ChainCall, sender: Hex): Promise<MinedLog | null> {
    const decoded = decodeCall(call.data);
    const where = {
      abi: collectorReceiptsAbi,
      address: call.target,
      fromBlock: 'earliest',
      strict: true,
    } as const;
    switch (decoded?.functionName) {
      case 'openEdition': {
        const [work, run] = decoded.args;
        const args = { issuer: sender, edition: editionId(sender, work, run) };
        const logs = await client.getContractEvents({ ...where, eventName: 'EditionOpened', args });
        return logs.at(-1) ?? null;
      }
      case 'anchor': {
        const [issuer, edition, firstSerial, count, root] = decoded.args;
        const logs = await client.getContractEvents({
          ...where,
          eventName: 'BatchAnchored',
          args: { issuer, edition },
        });
        const same = logs.filter(
          ({ args }) => args.firstSerial === firstSerial && args.count === count && args.root === root,
        );
        return same.at(-1) ?? null;
      }
      case 'setSigner': {
        const args = { issuer: sender, signer: decoded.args[0] };
        const logs = await client.getContractEvents({ ...where, eventName: 'SignerAdded', args });
        return logs.at(-1) ?? null;
      }
      case 'setDomain':
      case 'setPublisher':
      case 'closeEdition':
      case undefined:
        // These change nothing when they come twice and are never refused for that.
        return null;
    }
  }
}
