import type { ChainNodePort } from '@touchmark/certificates';
import type { EIP1193RequestFn } from 'viem';
import type { ChainNode } from '../nodes/chain-nodes.js';
import { wordsOf } from '../send-call/node-answers.js';

/** The nodes as the library that reads and proves asks them; their words never carry an address. */
export function portsOf(nodes: readonly ChainNode[]): ChainNodePort[] {
  return nodes.map(({ name, client }) => {
    // Whatever comes back is checked there, so the methods that viem knows by type do not matter.
    const request = client.request as unknown as EIP1193RequestFn;
    return {
      name,
      ask: async (method, params) => {
        try {
          return await request({ method: method as never, params: params as never });
        } catch (error) {
          throw new Error(wordsOf(error), { cause: error });
        }
      },
    };
  });
}
