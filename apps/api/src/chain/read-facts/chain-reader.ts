import { Inject, Injectable } from '@nestjs/common';
import {
  captureCheckpoint,
  type ChainFacts,
  type ChainUnavailable,
  type CheckpointCaptured,
  type CheckpointScope,
  editionFacts,
  type FactsRead,
  type FactsUnread,
  type Hex,
  type Home,
  readFacts,
  type ReadingQuestion,
  readState,
} from '@touchmark/certificates';
import { NotReadyError } from '../../platform/http/index.js';
import { ChainNodes, ChainUnreachableError } from '../nodes/chain-nodes.js';
import { wordsOf } from '../send-call/node-answers.js';
import { portsOf } from './node-ports.js';

/** Which certificate is asked about; the contract's address is trusted here, so its code is not asked. */
export type FactsQuestion = Omit<ReadingQuestion, 'codeHash'>;

/**
 * Reads what the contract stores of one certificate, by proof, at one block that the nodes agree on. The library says
 * how; what cannot be read is unavailable, never wrong.
 */
@Injectable()
export class ChainReader {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  async facts(question: FactsQuestion): Promise<ChainFacts | ChainUnavailable> {
    const read = await this.read(question);
    return read.kind === 'FactsRead' ? read.facts : { unavailable: read.unavailable };
  }

  /** The facts with the proof of them, as a bundle carries it. */
  async read(question: FactsQuestion): Promise<FactsRead | FactsUnread> {
    const { contract, all } = this.nodes;
    // What another contract holds under the same numbers is about another piece.
    if (question.contract !== contract) return unread(`only ${contract} is read here`);
    try {
      return await readFacts(portsOf(all), { ...question, codeHash: null });
    } catch (error) {
      return unread(wordsOf(error));
    }
  }

  /** The proven state of a whole edition at the newest final block. */
  async checkpoint(scope: CheckpointScope & Home): Promise<CheckpointCaptured | FactsUnread> {
    const { contract, all } = this.nodes;
    if (scope.contract !== contract) return unread(`only ${contract} is read here`);
    return captureCheckpoint(portsOf(all), { ...scope, codeHash: null });
  }

  /** How many serials of an edition are anchored for good; 0 when it was not opened. Throws when it cannot be read. */
  async anchoredForGood(issuer: Hex, edition: bigint): Promise<number> {
    const { contract, all } = this.nodes;
    const chainId = await this.nodes.id();
    const question = { chainId, contract, codeHash: null, notBefore: 0, provenBlock: null };
    const read = await readState(portsOf(all), question, (word) => editionFacts(issuer, edition, word));
    if (read.kind === 'FactsUnread')
      throw new ChainUnreachableError(`The edition cannot be read: ${read.unavailable}. It is tried again.`);
    return read.asOf.finality === 'final' ? (read.answer?.anchored ?? 0) : 0;
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
}

function unread(unavailable: string): FactsUnread {
  return { kind: 'FactsUnread', unavailable, heights: [], problems: [] };
}
