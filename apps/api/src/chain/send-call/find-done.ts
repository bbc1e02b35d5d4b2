import { Inject, Injectable } from '@nestjs/common';
import type { Hex } from '@touchmark/certificates';
import { batchCommitment, editionId, tokenIdOf, tokenPartsOf } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { PublicClient } from 'viem';
import type { ChainCall, Inclusion } from '../calls/chain-call.js';
import { type ReceiptsCall, decodeCall } from '../calls/receipts-call.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { type LogIn, newestLog } from '../nodes/newest-log.js';

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
    const decoded = decodeCall(call.data);
    if (decoded === null) return null;
    return this.nodes.first(async (client) => {
      // Storage says whether there is anything to look for; an event of a batch that was voided says nothing.
      if (!(await isStored(client, call.target, decoded, sender))) return null;
      const log = await newestLog(await client.getBlockNumber(), logOf(client, call.target, decoded, sender));
      if (log === null) return null;
      const { transactionHash, blockNumber, blockHash } = log;
      return { transactionHash, blockNumber, blockHash };
    });
  }
}

async function isStored(
  client: PublicClient,
  address: Hex,
  call: ReceiptsCall,
  sender: Hex,
): Promise<boolean> {
  const at = { abi: collectorReceiptsAbi, address } as const;
  switch (call.functionName) {
    case 'openEdition': {
      const [work, run] = call.args;
      const args = [sender, editionId(sender, work, run)] as const;
      return (await client.readContract({ ...at, functionName: 'editionOf', args }))[5];
    }
    case 'anchor': {
      const { issuer, edition, serial } = tokenPartsOf(call.args[0]);
      const args = [issuer, edition, serial] as const;
      return BigInt(await client.readContract({ ...at, functionName: 'batchOf', args })) !== 0n;
    }
    case 'voidLast': {
      const [edition, { firstSerial, root, count, time, cosignUntil }] = call.args;
      const args = [sender, edition, firstSerial] as const;
      const there = await client.readContract({ ...at, functionName: 'batchOf', args });
      return there !== batchCommitment({ root, count, time: Number(time), cosignUntil });
    }
    case 'setSigner': {
      const args = [sender, call.args[0]] as const;
      return (await client.readContract({ ...at, functionName: 'signerOf', args }))[0] !== 0n;
    }
    case 'retireSigner': {
      const args = [sender, call.args[0]] as const;
      return (await client.readContract({ ...at, functionName: 'signerOf', args }))[1] !== 0n;
    }
    case 'claim': {
      const args = [tokenOfClaim(call)] as const;
      // ERC-721 answers for a token that nobody claimed by refusing.
      const owner = await client.readContract({ ...at, functionName: 'ownerOf', args }).catch(() => null);
      return owner === call.args[0].recipient;
    }
    case 'replace':
    case 'revoke':
    case 'setDomain':
    case 'setPublisher':
    case 'setCoSigner':
    case 'setMetadataBase':
    case 'closeEdition':
      // These change nothing when they come twice and are never refused for that.
      return false;
  }
}

function tokenOfClaim(call: Extract<ReceiptsCall, { functionName: 'claim' }>): bigint {
  const [{ issuer, edition, serial }] = call.args;
  return tokenIdOf({ issuer: issuer.toLowerCase() as Hex, edition, serial });
}

function logOf(client: PublicClient, address: Hex, call: ReceiptsCall, sender: Hex): LogIn<MinedLog> {
  return async (range) => {
    const where = { abi: collectorReceiptsAbi, address, ...range, strict: true } as const;
    switch (call.functionName) {
      case 'openEdition': {
        const [work, run] = call.args;
        const args = { issuer: sender, edition: editionId(sender, work, run) };
        const logs = await client.getContractEvents({ ...where, eventName: 'EditionOpened', args });
        return logs.at(-1) ?? null;
      }
      case 'anchor': {
        const [firstTokenId, count, root] = call.args;
        const args = { firstTokenId };
        const logs = await client.getContractEvents({ ...where, eventName: 'BatchAnchored', args });
        const same = logs.filter((log) => log.args.count === count && log.args.root === root);
        return same.at(-1) ?? null;
      }
      case 'voidLast': {
        const [edition, { firstSerial, count, root }] = call.args;
        const args = { firstTokenId: tokenIdOf({ issuer: sender, edition, serial: firstSerial }) };
        const logs = await client.getContractEvents({ ...where, eventName: 'BatchVoided', args });
        const same = logs.filter((log) => log.args.count === count && log.args.root === root);
        return same.at(-1) ?? null;
      }
      case 'setSigner': {
        const args = { issuer: sender, signer: call.args[0] };
        const logs = await client.getContractEvents({ ...where, eventName: 'SignerAdded', args });
        return logs.at(-1) ?? null;
      }
      case 'retireSigner': {
        const args = { issuer: sender, signer: call.args[0] };
        const logs = await client.getContractEvents({ ...where, eventName: 'SignerRetired', args });
        return logs.at(-1) ?? null;
      }
      case 'claim': {
        // A token that went to somebody else is not what this claim asked for.
        const args = { tokenId: tokenOfClaim(call), recipient: call.args[0].recipient };
        const logs = await client.getContractEvents({ ...where, eventName: 'Claimed', args });
        return logs.at(-1) ?? null;
      }
      case 'replace':
      case 'revoke':
      case 'setDomain':
      case 'setPublisher':
      case 'setCoSigner':
      case 'setMetadataBase':
      case 'closeEdition':
        return null;
    }
  };
}
