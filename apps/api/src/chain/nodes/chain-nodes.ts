import { Inject, Injectable } from '@nestjs/common';
import { type PublicClient, createPublicClient, http } from 'viem';
import { CONFIG, type Config } from '../../platform/config/config.js';

// On a busy machine a test's node may take long, and its silence would be taken for the chain's.
const PATIENCE_MS = { production: 8000, development: 8000, test: 60_000 } as const;

/** One node of CHAIN_RPC_URLS. */
export interface ChainNode {
  /** Its place in the list, for messages: an address may carry an access key. */
  readonly name: string;
  readonly client: PublicClient;
}

/** Thrown when no node answers; the work is tried again later. */
export class ChainUnreachableError extends Error {
  override readonly name = 'ChainUnreachableError';
}

/** The nodes of the one chain that this product counts at. */
@Injectable()
export class ChainNodes {
  readonly all: readonly ChainNode[];
  readonly contract: `0x${string}`;
  private chainId: Promise<number> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.contract = config.receiptsContract.toLowerCase() as `0x${string}`;
    this.all = config.chainRpcUrls.map((url, place) => ({
      name: `node ${String(place + 1)}`,
      client: createPublicClient({
        transport: http(url, { batch: true, retryCount: 1, timeout: PATIENCE_MS[config.mode] }),
        cacheTime: 0,
      }),
    }));
  }

  /** The chain's id, the same on every node that answers; throws when they differ or none answers. */
  id(): Promise<number> {
    if (this.chainId === undefined) {
      const asking = this.askId();
      this.chainId = asking;
      asking.catch(() => (this.chainId = undefined));
    }
    return this.chainId;
  }

  /** Asks each node; answers that failed are left out. Throws when none answered. */
  async each<Answer>(ask: (client: PublicClient) => Promise<Answer>): Promise<Answer[]> {
    const answers = await this.settled(ask);
    const fulfilled = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    if (fulfilled.length > 0) return fulfilled;
    const [first] = answers;
    throw new ChainUnreachableError(
      'No node of CHAIN_RPC_URLS answers; expected at least one. It is tried again.',
      {
        cause: first?.status === 'rejected' ? first.reason : undefined,
      },
    );
  }

  /** Asks each node and keeps what failed, for those who must tell "no" from "no answer". */
  settled<Answer>(ask: (client: PublicClient) => Promise<Answer>): Promise<PromiseSettledResult<Answer>[]> {
    return Promise.allSettled(this.all.map(async ({ client }) => ask(client)));
  }

  /** The first node's client that answers `ask`. */
  async first<Answer>(ask: (client: PublicClient) => Promise<Answer>): Promise<Answer> {
    let failure: unknown;
    for (const { client } of this.all) {
      try {
        return await ask(client);
      } catch (error) {
        failure = error;
      }
    }
    throw failure instanceof Error ? failure : new ChainUnreachableError('No node is configured.');
  }

  private async askId(): Promise<number> {
    const ids = new Set(await this.each((client) => client.getChainId()));
    const [id] = ids;
    if (id === undefined || ids.size > 1)
      throw new ChainUnreachableError(
        `The nodes of CHAIN_RPC_URLS are of different chains: ${[...ids].join(', ')}.`,
      );
    return id;
  }
}
