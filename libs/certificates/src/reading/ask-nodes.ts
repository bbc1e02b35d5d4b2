import type { Hex } from '../hex.js';
import { type BlockHeader, headerOfBlock, readHeader } from '../proof/header.js';
import { attempt } from '../proof/state-proof.js';
import type { ChainNodePort, Height, NodeHeights, NodeProblem } from './reading.types.js';

/** A node that answers for the right chain, and how far it has come. */
export interface LiveNode {
  readonly node: ChainNodePort;
  readonly heights: NodeHeights;
}

/** A block header that a node holds, rebuilt and hashed by us. */
export interface HeldHeader {
  readonly node: ChainNodePort;
  readonly raw: Hex;
  readonly header: BlockHeader;
}

/** An answer that a node gave, or what keeps its word from counting. */
export type Asked<T> = { readonly answer: T } | { readonly problem: NodeProblem };

/** Asks each node for its chain and its heights; a node of another chain, or a silent one, is a problem with its name. */
export function askHeights(nodes: readonly ChainNodePort[], chainId: number): Promise<Asked<LiveNode>[]> {
  return Promise.all(nodes.map((node) => heightsOf(node, chainId)));
}

/** Asks a node for the block at a height and rebuilds its header; never trusts the hash that the node states. */
export async function askHeader(node: ChainNodePort, number: number): Promise<Asked<HeldHeader>> {
  const asked = await askNode(node, 'eth_getBlockByNumber', [quantity(number), false]);
  if ('problem' in asked) return asked;
  if (asked.answer === null) return problem(node, 'SILENT', `it has no block ${number}`);
  const held = attempt(() => {
    const raw = headerOfBlock(asked.answer);
    return { node, raw, header: readHeader(raw) };
  });
  if ('kind' in held) return problem(node, 'BAD_HEADER', held.message);
  if (held.header.number === number) return { answer: held };
  return problem(node, 'BAD_HEADER', `asked for block ${number} it gives block ${held.header.number}`);
}

/** Calls a node; a failure is a problem with its name. */
export async function askNode(
  node: ChainNodePort,
  method: string,
  params: readonly unknown[],
): Promise<Asked<unknown>> {
  try {
    return { answer: (await node.ask(method, params)) ?? null };
  } catch (error) {
    return problem(node, 'SILENT', error instanceof Error ? error.message : String(error));
  }
}

/** Names a node with what is wrong with its word. */
export function problem(
  { name }: ChainNodePort,
  kind: NodeProblem['problem'],
  message: string,
): { readonly problem: NodeProblem } {
  return { problem: { name, problem: kind, message } };
}

/** A whole number as JSON-RPC writes it. */
export function quantity(number: number): Hex {
  return `0x${number.toString(16)}`;
}

async function heightsOf(node: ChainNodePort, chainId: number): Promise<Asked<LiveNode>> {
  const [chain, latest, safe, final] = await Promise.all([
    askNode(node, 'eth_chainId', []),
    ...['latest', 'safe', 'finalized'].map((tag) => askNode(node, 'eth_getBlockByNumber', [tag, false])),
  ]);
  if ('problem' in chain) return chain;
  const found = numberOf(chain.answer);
  if (found !== chainId)
    return problem(node, 'OTHER_CHAIN', `it is of chain ${String(found)}, not ${chainId}`);
  if (latest === undefined || 'problem' in latest)
    return latest ?? problem(node, 'SILENT', 'it says nothing');
  const tip = heightOf(latest);
  if (tip === null) return problem(node, 'SILENT', 'it names no newest block');
  // A chain, or a node, without a notion of finality holds nothing final; its word then counts as of now only.
  return {
    answer: { node, heights: { name: node.name, latest: tip, safe: heightOf(safe), final: heightOf(final) } },
  };
}

function heightOf(asked: Asked<unknown> | undefined): Height | null {
  if (asked === undefined || 'problem' in asked) return null;
  const block = asked.answer;
  if (typeof block !== 'object' || block === null) return null;
  const { number, timestamp } = block as { number?: unknown; timestamp?: unknown };
  const height = { number: numberOf(number), time: numberOf(timestamp) };
  return height.number === null || height.time === null ? null : { number: height.number, time: height.time };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{1,12}$/.test(value) ? Number(value) : null;
}
