// `npm run round -- <file or URL> [--rpc <url>]` recomputes a published round and says whether its result is right.
// It ends with 0 when it is right, 1 when it is wrong, and 2 when there was nothing to judge.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { BlockWitness, RoundVerdict } from '@touchmark/rounds';
import { buildStale } from './build.ts';
import { callRpc } from './rpc.ts';

const USAGE = `Usage: npm run round -- <file or URL> [--rpc <url of a node of the chain>]`;

async function textOf(place: string): Promise<string> {
  if (!/^https?:\/\//.test(place)) return readFile(place, 'utf8');
  const response = await fetch(place, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok)
    throw new Error(`${place} answered ${String(response.status)}; expected a published round.`);
  return response.text();
}

interface Header {
  readonly hash: string;
  readonly timestamp: string;
}

/** Throws when the node does not have it: one that is behind, or has dropped what is old, says nothing of a round. */
async function blockAt(rpc: string, number: number): Promise<Header> {
  const params = [`0x${number.toString(16)}`, false];
  const header = (await callRpc(rpc, 'eth_getBlockByNumber', params)) as Header | null;
  if (header === null)
    throw new Error(
      `The node at ${rpc} does not have block ${String(number)}, so nothing was judged. Ask another node of the chain.`,
    );
  return header;
}

/** What the chain says itself about the block that a round names; null when it names none. */
async function witnessOf(rpc: string, round: unknown): Promise<BlockWitness | null> {
  const number = (round as { block?: { number?: unknown } | null } | null)?.block?.number;
  if (!Number.isSafeInteger(number)) return null;
  const place = number as number;
  const [chainId, block, before] = await Promise.all([
    callRpc(rpc, 'eth_chainId'),
    blockAt(rpc, place),
    place === 0 ? null : blockAt(rpc, place - 1),
  ]);
  const atOf = (header: Header): number => Number(header.timestamp) * 1000;
  const beforeAt = before === null ? 0 : atOf(before);
  return { chainId: Number(chainId), hash: block.hash, at: atOf(block), beforeAt };
}

function print({ findings, message }: RoundVerdict, asked: boolean): void {
  for (const { holds, text } of findings) console.log(`${holds ? 'ok   ' : 'WRONG'}  ${text}`);
  if (findings.length > 0 && !asked)
    console.log('       the block was taken as published; --rpc <url> asks the chain for it');
  console.log(message);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { rpc: { type: 'string' } } });
  const [place, ...rest] = positionals;
  if (place === undefined || rest.length > 0) throw new Error(USAGE);
  await buildStale(undefined, (name) => name === 'libs/rounds');
  const { verifyRound } = await import('@touchmark/rounds');
  const round = JSON.parse(await textOf(place)) as unknown;
  const chain = values.rpc === undefined ? null : await witnessOf(values.rpc, round);
  const verdict = verifyRound(round, chain);
  print(verdict, chain !== null);
  return verdict.right === null ? 2 : verdict.right ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
