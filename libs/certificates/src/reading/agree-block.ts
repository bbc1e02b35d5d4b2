import type { Hex } from '../hex.js';
import type { AsOf } from '../verdict/chain-facts.js';
import { type Asked, askHeader, askHeights, type HeldHeader, type LiveNode } from './ask-nodes.js';
import type { ChainNodePort, NodeHeights, NodeProblem } from './reading.types.js';

/** What has to be agreed on before anything is read. */
export interface BlockQuestion {
  readonly chainId: number;
  /** The time that a final block must have reached, in seconds; null asks for the newest block. */
  readonly notBefore: number | null;
  readonly provenBlock: { readonly number: number; readonly hash: Hex } | null;
}

/** The one block that all nodes that answer hold, or why there is none. */
export interface Agreement {
  readonly heights: readonly NodeHeights[];
  readonly problems: readonly NodeProblem[];
  readonly agreed:
    | {
        readonly held: readonly HeldHeader[];
        readonly first: HeldHeader;
        readonly finality: AsOf['finality'];
      }
    | { readonly unavailable: string };
}

/**
 * Finds the lowest final block (or newest, where what is asked cannot be final yet) of the nodes that answer, more than
 * half of all, and compares their headers by the hashes that we compute: a lagging node is waited for, a differing one named.
 */
export async function agreeOnBlock(
  nodes: readonly ChainNodePort[],
  question: BlockQuestion,
): Promise<Agreement> {
  const tips = sorted(await askHeights(nodes, question.chainId));
  const heights = tips.answers.map((live) => live.heights);
  if (tips.answers.length * 2 <= nodes.length)
    return { heights, problems: tips.problems, agreed: { unavailable: tooFew(tips.problems) } };
  const { number, finality } = heightFor(question.notBefore, heights);
  const headers = sorted(await Promise.all(tips.answers.map(({ node }) => askHeader(node, number))));
  const problems = [...tips.problems, ...headers.problems];
  const [first] = headers.answers;
  if (first === undefined || headers.answers.length * 2 <= nodes.length)
    return { heights, problems, agreed: { unavailable: tooFew(problems) } };
  const differing = headers.answers.find(({ header }) => header.hash !== first.header.hash);
  if (differing !== undefined)
    return { heights, problems, agreed: { unavailable: disagreement(first, differing) } };
  const strange = await strangeProof(tips.answers, question.provenBlock);
  const agreed = strange === null ? { held: headers.answers, first, finality } : { unavailable: strange };
  return { heights, problems, agreed };
}

function sorted<T>(asked: readonly Asked<T>[]): { answers: T[]; problems: NodeProblem[] } {
  const answers = asked.flatMap((one) => ('answer' in one ? [one.answer] : []));
  return { answers, problems: asked.flatMap((one) => ('problem' in one ? [one.problem] : [])) };
}

function tooFew(problems: readonly NodeProblem[]): string {
  const astray = problems.length > 0 && problems.every(({ problem }) => problem === 'OTHER_CHAIN');
  const words = problems.map(({ name, message }) => `${name}: ${message}`).join('; ');
  return astray ? `the nodes are of another chain: ${words}` : `too few nodes answer: ${words}`;
}

function disagreement(first: HeldHeader, other: HeldHeader): string {
  const [a, b] = [first, other].map(({ node, header }) => `${node.name} holds ${header.hash}`);
  return `nodes disagree about block ${first.header.number}: ${String(a)}, ${String(b)}`;
}

/**
 * The final block that all nodes have. What is not anchored by then is judged at the newest block instead, and said to
 * be so: a key that was added a moment ago is not unknown.
 */
function heightFor(
  notBefore: number | null,
  heights: readonly NodeHeights[],
): { readonly number: number; readonly finality: AsOf['finality'] } {
  const finals = heights.flatMap(({ final }) => final ?? []);
  const covered = notBefore !== null && finals.every(({ time }) => time >= notBefore);
  if (finals.length === heights.length && covered)
    return { number: Math.min(...finals.map(({ number }) => number)), finality: 'final' };
  return { number: Math.min(...heights.map(({ latest }) => latest.number)), finality: 'latest' };
}

/** Says why the block of a bundle's proof is none of this chain, or null when it is, or when there is no proof. */
async function strangeProof(
  live: readonly LiveNode[],
  proven: BlockQuestion['provenBlock'],
): Promise<string | null> {
  if (proven === null) return null;
  const asked = sorted(await Promise.all(live.map(({ node }) => askHeader(node, proven.number))));
  const other = asked.answers.find(({ header }) => header.hash !== proven.hash);
  const what = `the proof in the bundle is of block ${proven.number} ${proven.hash}`;
  if (other !== undefined) return `${what}, but ${other.node.name} holds ${other.header.hash} there`;
  // Whoever has not come so far lags; but somebody must have it, or the proof could be of any chain.
  return asked.answers.length > 0 ? null : `${what}, which no node has`;
}
