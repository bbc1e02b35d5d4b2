import { type Hex, sameHex } from '../hex.js';
import type { StateProof } from '../proof/proof.types.js';
import type { ReadWord } from '../proof/proof.types.js';
import { storedFacts } from '../proof/stored.js';
import type { AsOf } from '../verdict/chain-facts.js';
import { agreeOnBlock, type BlockQuestion } from './agree-block.js';
import { proveState } from './prove-state.js';
import type {
  ChainNodePort,
  FactsRead,
  FactsUnread,
  NodeHeights,
  NodeProblem,
  ReadingQuestion,
} from './reading.types.js';

/** What was read and proven at a block that the nodes agree on. */
export interface StateRead<T> {
  readonly kind: 'StateRead';
  readonly answer: T;
  readonly asOf: AsOf;
  readonly proof: StateProof;
  readonly codeHash: Hex;
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
}

/** Whose storage is read, and at which block. */
export interface StateQuestion extends BlockQuestion {
  readonly contract: Hex;
  readonly codeHash: Hex | null;
}

/**
 * Reads what the contract stores of one certificate, at one block that all nodes that answer agree on, and by proof
 * alone: a node whose proof fails is named and the next is asked; what cannot be read is unavailable, never wrong.
 */
export async function readFacts(
  nodes: readonly ChainNodePort[],
  question: ReadingQuestion,
): Promise<FactsRead | FactsUnread> {
  const asked = { ...question, notBefore: question.anchoredAt };
  const read = await readState(nodes, asked, (word) => storedFacts(question, word));
  if (read.kind === 'FactsUnread') return read;
  const { answer, asOf, proof, codeHash, heights, problems } = read;
  return { kind: 'FactsRead', facts: { ...answer, ...asOf }, proof, codeHash, heights, problems };
}

/** Reads any storage words of the contract in the same way; `read` may be run several times and must be pure. */
export async function readState<T>(
  nodes: readonly ChainNodePort[],
  question: StateQuestion,
  read: (word: ReadWord) => T,
): Promise<StateRead<T> | FactsUnread> {
  const { heights, problems, agreed } = await agreeOnBlock(nodes, question);
  if ('unavailable' in agreed)
    return { kind: 'FactsUnread', unavailable: agreed.unavailable, heights, problems };
  const caught: NodeProblem[] = [];
  for (const { node } of agreed.held) {
    const asked = await proveState(node, agreed.first, question.contract, read);
    if ('problem' in asked) {
      caught.push(asked.problem);
      continue;
    }
    const all = [...problems, ...caught];
    const { codeHash } = asked.answer;
    // Proven against the agreed block, so it is the contract that is another one, and not the node that lies.
    const otherCode = codeProblem(codeHash, question);
    if (otherCode !== null) return { kind: 'FactsUnread', unavailable: otherCode, heights, problems: all };
    const { hash: blockHash, number: blockNumber, time: blockTime } = agreed.first.header;
    const asOf = { blockHash, blockNumber, blockTime, finality: agreed.finality };
    return { kind: 'StateRead', ...asked.answer, asOf, heights, problems: all };
  }
  const words = caught.map(({ name, message }) => `${name}: ${message}`).join('; ');
  const unavailable = `no node proves what the contract stores: ${words}`;
  return { kind: 'FactsUnread', unavailable, heights, problems: [...problems, ...caught] };
}

function codeProblem(found: Hex, { contract, codeHash }: StateQuestion): string | null {
  if (codeHash === null || sameHex(found, codeHash)) return null;
  return `the code at ${contract} hashes to ${found}, not to ${codeHash}`;
}
