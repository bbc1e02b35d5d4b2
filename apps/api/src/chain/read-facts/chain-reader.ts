import { Inject, Injectable } from '@nestjs/common';
import type { AsOf, ChainFacts, ChainUnavailable } from '@touchmark/certificates';
import type { PublicClient } from 'viem';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { wordsOf } from '../send-call/node-answers.js';
import { type FactsQuestion, readStored } from './read-stored.js';

interface Tip {
  readonly number: bigint;
  readonly finality: AsOf['finality'];
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

  /** The number of the newest block, for readiness; throws when no node answers or the contract is not there. */
  async health(): Promise<string> {
    const [code, heads] = await Promise.all([
      this.nodes.first((client) => client.getCode({ address: this.nodes.contract })),
      this.nodes.each((client) => client.getBlockNumber()),
    ]);
    if (code === undefined)
      throw new Error(`there is no contract at RECEIPTS_CONTRACT ${this.nodes.contract}`);
    return `chain ${String(await this.nodes.id())} at block ${String(heads.reduce((a, b) => (a > b ? a : b)))}`;
  }

  private async agreed(question: FactsQuestion): Promise<ChainFacts | ChainUnavailable> {
    const clients = this.nodes.all.map(({ client }) => client);
    const tips = await Promise.allSettled(clients.map(tipOf));
    const answering = clients.filter((_, place) => tips[place]?.status === 'fulfilled');
    if (answering.length * 2 <= clients.length) {
      const failed = tips.find((tip) => tip.status === 'rejected');
      return { unavailable: `too few nodes answer: ${wordsOf(failed?.reason)}` };
    }
    const { number, finality } = lowest(
      tips.flatMap((tip) => (tip.status === 'fulfilled' ? [tip.value] : [])),
    );
    const blocks = await Promise.all(answering.map((client) => client.getBlock({ blockNumber: number })));
    const [block] = blocks;
    if (block === undefined || blocks.some(({ hash }) => hash !== block.hash))
      return { unavailable: 'nodes disagree about a block' };
    const { contract } = this.nodes;
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

/** The newest block that can no longer be replaced; the newest of all where a chain knows no finality. */
async function tipOf(client: PublicClient): Promise<Tip> {
  const final = await client.getBlock({ blockTag: 'finalized' }).catch(() => null);
  if (final !== null) return { number: final.number, finality: 'final' };
  return { number: await client.getBlockNumber(), finality: 'latest' };
}

function lowest(tips: readonly Tip[]): Tip {
  const finality = tips.every((tip) => tip.finality === 'final') ? 'final' : 'latest';
  return { number: tips.map((tip) => tip.number).reduce((a, b) => (a < b ? a : b)), finality };
}
