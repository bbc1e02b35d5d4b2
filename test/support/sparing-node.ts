import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Question {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly { readonly fromBlock?: string; readonly toBlock?: string }[];
}

export interface SparingNode {
  readonly url: string;
  close(): Promise<void>;
}

/** A node in front of the one at `url` that answers about events of at most `spanBlocks` blocks, as providers do. */
export async function startSparingNode(url: string, spanBlocks: number): Promise<SparingNode> {
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const text = Buffer.concat(parts).toString();
      const asked = JSON.parse(text) as Question | Question[];
      const tooWide = [asked].flat().find((question) => isTooWide(question, spanBlocks));
      const answer =
        tooWide === undefined
          ? await (await fetch(url, { method: 'POST', headers: JSON_TYPE, body: text })).text()
          : JSON.stringify(refusal(asked, spanBlocks));
      response.writeHead(200, JSON_TYPE).end(answer);
    })().catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function isTooWide({ method, params }: Question, spanBlocks: number): boolean {
  if (method !== 'eth_getLogs') return false;
  const { fromBlock, toBlock } = params?.[0] ?? {};
  // NaN for words such as `earliest`, which no comparison lets through.
  return !(Number(toBlock) - Number(fromBlock) < spanBlocks);
}

function refusal(asked: Question | Question[], spanBlocks: number): object {
  const error = { code: -32_005, message: `query exceeds max block range ${String(spanBlocks)}` };
  const refuse = ({ id }: Question): object => ({ jsonrpc: '2.0', id, error });
  return Array.isArray(asked) ? asked.map(refuse) : refuse(asked);
}
