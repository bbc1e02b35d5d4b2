import { Inject, Injectable } from '@nestjs/common';
import type { PublicClient } from 'viem';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { isNotFound, isUnknownTag } from '../send-call/node-answers.js';
import type { NodeView } from './block-standing.js';
import { type FinalityRule, type Heights, heightsOf } from './finality.js';

// A node that lags moves on within a few block times; one machine's chain has none to wait for.
const STALLED_AFTER_MS = { production: 120_000, development: 3000, test: 1000 } as const;

interface Head extends Heights {
  readonly head: bigint;
  readonly stalled: boolean;
}

/** Asks every node what it has at the heights of our blocks. */
@Injectable()
export class NodeViews {
  private readonly heads = new Map<PublicClient, { readonly number: bigint; readonly sinceMs: number }>();
  private readonly stalledAfterMs: number;
  private readonly rule: FinalityRule;

  constructor(
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(CONFIG) config: Config,
  ) {
    this.stalledAfterMs = STALLED_AFTER_MS[config.mode];
    this.rule = config.chainFinality;
  }

  /** What each node says about each of `numbers`, in the order of the nodes; null where one did not answer. */
  async at(numbers: readonly bigint[]): Promise<Map<bigint, (NodeView | null)[]>> {
    const distinct = [...new Set(numbers)];
    const answers = await this.nodes.settled(async (client) => {
      const head = await this.headOf(client);
      const hashes = await Promise.all(distinct.map((number) => hashAt(client, number, head.head)));
      return { head, hashes };
    });
    return new Map(
      distinct.map((number, place) => [
        number,
        answers.map((answer) =>
          answer.status === 'fulfilled'
            ? { ...answer.value.head, hashAt: answer.value.hashes[place] ?? null }
            : null,
        ),
      ]),
    );
  }

  private async headOf(client: PublicClient): Promise<Head> {
    const tags = this.rule === 'finalized';
    const [latest, safe, finalized] = await Promise.all([
      client.getBlock({ blockTag: 'latest' }),
      tags ? heightAt(client, 'safe') : null,
      tags ? heightAt(client, 'finalized') : null,
    ]);
    const known = this.heads.get(client);
    const nowMs = performance.now();
    if (known?.number !== latest.number) this.heads.set(client, { number: latest.number, sinceMs: nowMs });
    const sinceMs = known?.number === latest.number ? known.sinceMs : nowMs;
    return {
      head: latest.number,
      ...heightsOf(latest.number, { safe, finalized }, this.rule),
      stalled: nowMs - sinceMs > this.stalledAfterMs,
    };
  }
}

/** Null when the node knows no such tag; a node that did not answer has not said so. */
async function heightAt(client: PublicClient, blockTag: 'safe' | 'finalized'): Promise<bigint | null> {
  try {
    return (await client.getBlock({ blockTag })).number;
  } catch (error) {
    if (isUnknownTag(error)) return null;
    throw error;
  }
}

async function hashAt(client: PublicClient, blockNumber: bigint, head: bigint): Promise<string | null> {
  if (blockNumber > head) return null;
  try {
    return (await client.getBlock({ blockNumber })).hash;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
