import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../platform/config/config.js';
import { ChainNodes } from '../nodes/chain-nodes.js';
import { NodeViews } from './node-views.js';

interface Question {
  readonly id: number;
  readonly params: readonly unknown[];
}

const HEAD = 100;
const CONTRACT = `0x${'11'.repeat(20)}`;
const blockAt = (number: number) => ({
  ...{ number: `0x${number.toString(16)}`, hash: `0x${'ab'.repeat(32)}`, timestamp: '0x6af00000' },
  ...{
    transactions: [],
    baseFeePerGas: '0x7',
    difficulty: '0x0',
    gasLimit: '0x1',
    gasUsed: '0x0',
    size: '0x1',
  },
});

describe('what a node calls final', () => {
  // What it answers for `safe` and `finalized`; for all other blocks it has one.
  let toTag: object = {};
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const asked = JSON.parse(Buffer.concat(parts).toString()) as Question | Question[];
      const answer = ({ id, params: [block] }: Question): object => ({
        ...{ jsonrpc: '2.0', id },
        ...(block === 'safe' || block === 'finalized'
          ? toTag
          : { result: blockAt(block === 'latest' ? HEAD : Number(block)) }),
      });
      const answers = Array.isArray(asked) ? asked.map(answer) : answer(asked);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers));
    })();
  });
  let views: NodeViews;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const config = loadConfig({
      ...{ TOUCHMARK_MODE: 'test', DATABASE_URL: 'postgres://nobody@127.0.0.1/none', MAIL_DIR: 'none' },
      ...{ PUBLIC_URL: 'http://127.0.0.1:1', KEYS_DIR: 'none', RECEIPTS_CONTRACT: CONTRACT },
      CHAIN_RPC_URLS: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    });
    views = new NodeViews(new ChainNodes(config), config);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const viewOf = async (answer: object) => {
    toTag = answer;
    return (await views.at([50n])).get(50n)?.[0] ?? null;
  };
  const refusal = (code: number, message: string) => ({ error: { code, message } });

  it('is its own word', async () => {
    expect(await viewOf({ result: blockAt(90) })).toMatchObject({ safe: 90n, finalized: 90n });
  });

  it.each<[string, object]>([
    ['has no block of that name', { result: null }],
    ['takes the name for no number', refusal(-32602, 'invalid argument 0: hex string without 0x prefix')],
    ['knows no such block', refusal(-39001, 'Unknown block')],
    ['found none', refusal(-32000, 'finalized block not found')],
  ])('is 64 confirmations deep where it says that it %s', async (_, answer) => {
    expect(await viewOf(answer)).toMatchObject({ safe: 69n, finalized: 37n });
  });

  it.each<[string, object]>([
    ['is asked too often', refusal(-32005, 'limit exceeded')],
    [
      'is asked too often, as others put it',
      refusal(429, 'Your app has exceeded its compute units per second'),
    ],
    ['is over its rate', refusal(-32016, 'over rate limit')],
    ['fails inside', refusal(-32603, 'internal error')],
    ['lacks the header just now', refusal(-32000, 'header not found')],
    ['takes too long', refusal(-32000, 'request timed out')],
  ])('is not known while it %s', async (_, answer) => {
    expect(await viewOf(answer)).toBeNull();
  });
});
