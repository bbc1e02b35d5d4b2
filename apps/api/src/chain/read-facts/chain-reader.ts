import { Inject, Injectable } from '@nestjs/common';
import type { AsOf, ChainFacts, ChainUnavailable, Hex } from '@touchmark/certificates';
import { collectorReceiptsAbi } from '@touchmark/contracts';
import type { PublicClient } from 'viem';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { wordsOf } from '../send-call/node-answers.js';
import { type FactsQuestion, readStored } from './read-stored.js';
import { NotReadyError } from '../../platform/http/index.js';

/** The newest block of a node, and the newest that can no longer be replaced; null where the chain knows no finality. */
interface Tips {
  readonly latest: bigint;
  readonly final: { readonly number: bigint; readonly timestamp: bigint } | null;
}

/**
 * Reads what the contract stores of one certificate, all at one block hash. Several nodes must agree on the block and
 * on every stored value, and more than half of them must answer; else the chain is unavailable, never wrong.
 */
@Injectable()
export class ChainReader {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  async facts(question: FactsQuestion): Promise<ChainFacts | ChainUnavailable> {
    try {
      return await this.agreed(question);
    } catch (error) {
      return { unavailable: wordsOf(error) };
    }
  }

  /** How many serials of an edition are anchored for good; 0 when it was not opened. Throws when no node answers. */
  async anchoredForGood(issuer: Hex, edition: bigint): Promise<number> {
    const slot = await this.nodes.first((client) =>
      client.readContract({
        abi: collectorReceiptsAbi,
        address: this.nodes.contract,
        functionName: 'editionOf',
        args: [issuer, edition],
        blockTag: 'finalized',
      }),
    );
    return slot[2];
  }

  /** The number of the newest block, for readiness; throws when no node answers or the contract is not there. */
  async health(): Promise<string> {
    const [code, heads] = await Promise.all([
      this.nodes.first((client) => client.getCode({ address: this.nodes.contract })),
      this.nodes.each((client) => client.getBlockNumber()),
    ]);
    if (code === undefined)
      throw new NotReadyError(`there is no contract at RECEIPTS_CONTRACT ${this.nodes.contract}`);
    return `chain ${String(await this.nodes.id())} at block ${String(heads.reduce((a, b) => (a > b ? a : b)))}`;
  }

  private async agreed(question: FactsQuestion): Promise<ChainFacts | ChainUnavailable> {
    // What another chain or contract holds under the same numbers is about another piece.
    const [chainId, { contract }] = [await this.nodes.id(), this.nodes];
    if (question.chainId !== chainId)
      return { unavailable: `the nodes are of chain ${String(chainId)}, not ${String(question.chainId)}` };
    if (question.contract !== contract) return { unavailable: `only ${contract} is read here` };
    const clients = this.nodes.all.map(({ client }) => client);
    const tips = await Promise.allSettled(clients.map(tipsOf));
    const answering = clients.filter((_, place) => tips[place]?.status === 'fulfilled');
    if (answering.length * 2 <= clients.length) {
      const failed = tips.find((tip) => tip.status === 'rejected');
      return { unavailable: `too few nodes answer: ${wordsOf(failed?.reason)}` };
    }
    const { number, finality } = blockFor(
      question.anchoredAt,
      tips.flatMap((tip) => (tip.status === 'fulfilled' ? [tip.value] : [])),
    );
    const blocks = await Promise.all(answering.map((client) => client.getBlock({ blockNumber: number })));
    const [block] = blocks;
    if (block === undefined || blocks.some(({ hash }) => hash !== block.hash))
      return { unavailable: 'nodes disagree about a block' };
    const stored = await Promise.all(
      answering.map((client) => readStored(client, contract, block.hash, question)),
    );
    const [facts] = stored;
    if (facts === undefined || stored.some((other) => JSON.stringify(other) !== JSON.stringify(facts)))
      return { unavailable: 'nodes disagree about what the contract stores' };
    const blockTime = Number(block.timestamp);
    return { ...facts, blockNumber: Number(number), blockHash: block.hash, blockTime, finality };
  }
}

async function tipsOf(client: PublicClient): Promise<Tips> {
  const [latest, final] = await Promise.all([
    client.getBlockNumber(),
    client.getBlock({ blockTag: 'finalized' }).catch(() => null),
  ]);
  return { latest, final };
}

/**
 * The final block that all nodes have. What is not anchored by then is judged at the newest block instead, and said to
 * be so: a key that was added a moment ago is not unknown.
 */
function blockFor(
  anchoredAt: number | null,
  tips: readonly Tips[],
): { readonly number: bigint; readonly finality: AsOf['finality'] } {
  const finals = tips.flatMap(({ final }) => final ?? []);
  const covered = anchoredAt !== null && finals.every(({ timestamp }) => timestamp >= BigInt(anchoredAt));
  if (finals.length === tips.length && covered)
    return { number: lowest(finals.map(({ number }) => number)), finality: 'final' };
  return { number: lowest(tips.map(({ latest }) => latest)), finality: 'latest' };
}

function lowest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((a, b) => (a < b ? a : b));
}
