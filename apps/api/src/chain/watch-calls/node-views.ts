import { Inject, Injectable } from '@nestjs/common';
import type { PublicClient } from 'viem';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { isNotFound } from '../send-call/node-answers.js';
import type { NodeView } from './block-standing.js';

// A node that lags moves on within a few block times; one machine's chain has none to wait for.
const STALLED_AFTER_MS = { production: 120_000, development: 3000, test: 1000 } as const;
// Where a chain has no notion of finality, this depth stands for it.
const DEEP_ENOUGH = 64n;

interface Head {
  readonly head: bigint;
  readonly finalized: bigint;
  readonly stalled: boolean;
}

/** Asks every node what it has at the heights of our blocks. */
@Injectable()
export class NodeViews {
  private readonly heads = new Map<PublicClient, { readonly number: bigint; readonly sinceMs: number }>();
  private readonly stalledAfterMs: number;

  constructor(
    @Inject(ChainNodes) private readonly nodes: ChainNodes,
    @Inject(CONFIG) config: Config,
  ) {
    this.stalledAfterMs = STALLED_AFTER_MS[config.mode];
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
    const [latest, finalized] = await Promise.all([
      client.getBlock({ blockTag: 'latest' }),
      client.getBlock({ blockTag: 'finalized' }).catch(() => null),
    ]);
    const known = this.heads.get(client);
    const nowMs = performance.now();
    if (known?.number !== latest.number) this.heads.set(client, { number: latest.number, sinceMs: nowMs });
    const sinceMs = known?.number === latest.number ? known.sinceMs : nowMs;
    return {
      head: latest.number,
      finalized: finalized?.number ?? latest.number - DEEP_ENOUGH,
      stalled: nowMs - sinceMs > this.stalledAfterMs,
    };
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
