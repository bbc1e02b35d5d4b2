import { Inject, Injectable } from '@nestjs/common';
import type { PublicClient } from 'viem';
import { ChainNodes } from '../nodes/chain-nodes.js';

/** A block that can no longer be replaced. */
export interface FinalBlock {
  readonly chainId: number;
  readonly number: number;
  readonly hash: `0x${string}`;
  readonly time: Date;
}

interface Header {
  readonly number: bigint;
  readonly hash: `0x${string}`;
  readonly atMs: number;
}

/** Reads final blocks by their time, for what is drawn by a block that nobody could know beforehand. */
@Injectable()
export class Blocks {
  constructor(@Inject(ChainNodes) private readonly nodes: ChainNodes) {}

  /** True when the chain answers and tells which of its blocks are final; without that nothing can be drawn. */
  async available(): Promise<boolean> {
    try {
      return (await this.finalEverywhere()) !== null;
    } catch {
      // Whatever keeps the nodes from answering, there is no chain to draw by now.
      return false;
    }
  }

  /** The time by which the contract judges now: that of the newest block; null when no node answers. */
  async newestTime(): Promise<Date | null> {
    try {
      const times = await this.nodes.each(async (client) => headerOf(await client.getBlock()).atMs);
      return new Date(Math.max(...times));
    } catch {
      return null;
    }
  }

  /** The least time of a block that is made from now on, also on an idle chain; null when no node answers. */
  async nextTime(): Promise<Date | null> {
    const newest = await this.newestTime();
    if (newest === null) return null;
    try {
      const next = await this.nodes.each((client) => client.getBlock({ blockTag: 'pending' }));
      return new Date(Math.max(newest.getTime(), Number(next[0]?.timestamp ?? 0n) * 1000));
    } catch {
      // A node need not know what it would make; then the next block that somebody makes tells.
      return newest;
    }
  }

  /**
   * The first block of the chain whose time is after `at`, once every node that answers holds it final, more than half
   * of them answer and they agree on it; null while it is not so. Throws when no node answers.
   */
  async firstAfter(at: Date): Promise<FinalBlock | null> {
    const known = await this.finalEverywhere();
    if (known === null || known.tip.atMs <= at.getTime()) return null;
    const [asked] = known.clients;
    if (asked === undefined) return null;
    const number = await firstNumberAfter(asked, at.getTime(), known.tip.number);
    const headers = await Promise.all(known.clients.map((client) => headerAt(client, number)));
    const before =
      number === 0n ? [] : await Promise.all(known.clients.map((client) => headerAt(client, number - 1n)));
    const [block] = headers;
    const agreed =
      block !== undefined &&
      block.atMs > at.getTime() &&
      headers.every((header) => header.hash === block.hash) &&
      before.every((header) => header.atMs <= at.getTime());
    if (!agreed) return null;
    const chainId = await this.nodes.id();
    return { chainId, number: Number(block.number), hash: block.hash, time: new Date(block.atMs) };
  }

  /** The nodes that answer, more than half of all, and the lowest of what they hold final. */
  private async finalEverywhere(): Promise<{ clients: PublicClient[]; tip: Header } | null> {
    const clients = this.nodes.all.map(({ client }) => client);
    const tips = await this.nodes.settled(async (client) =>
      headerOf(await client.getBlock({ blockTag: 'finalized' })),
    );
    const answering = clients.filter((_, place) => tips[place]?.status === 'fulfilled');
    const [first, ...rest] = tips.flatMap((tip) => (tip.status === 'fulfilled' ? [tip.value] : []));
    if (first === undefined || answering.length * 2 <= clients.length) return null;
    const tip = rest.reduce((lowest, other) => (other.number < lowest.number ? other : lowest), first);
    return { clients: answering, tip };
  }
}

/** By halves, since the time of blocks never falls; `last` is known to be after `atMs`. */
async function firstNumberAfter(client: PublicClient, atMs: number, last: bigint): Promise<bigint> {
  let [low, high] = [-1n, last];
  // From the end in growing steps: what is looked for is nearly always recent.
  for (let step = 1n; last - step > 0n; step *= 4n) {
    const { number, atMs: then } = await headerAt(client, last - step);
    if (then <= atMs) {
      low = number;
      break;
    }
    high = number;
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if ((await headerAt(client, middle)).atMs > atMs) high = middle;
    else low = middle;
  }
  return high;
}

async function headerAt(client: PublicClient, blockNumber: bigint): Promise<Header> {
  return headerOf(await client.getBlock({ blockNumber }));
}

function headerOf(block: { number: bigint; hash: `0x${string}`; timestamp: bigint }): Header {
  return { number: block.number, hash: block.hash, atMs: Number(block.timestamp) * 1000 };
}
