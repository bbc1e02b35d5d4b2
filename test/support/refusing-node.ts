import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of a node's JSON-RPC. */
interface Question {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly { readonly fromBlock?: string; readonly toBlock?: string }[];
}

/** An error as JSON-RPC writes it. */
interface NodeError {
  readonly code: number;
  readonly message: string;
}

export interface RefusingNode {
  readonly url: string;
  close(): Promise<void>;
}

/** A node in front of the one at `url`, which is not asked where `refuses` gives an error for a call. */
export async function startRefusingNode(
  url: string,
  refuses: (question: Question) => NodeError | null,
): Promise<RefusingNode> {
  const answerTo = async (question: Question): Promise<unknown> => {
    const error = refuses(question);
    if (error !== null) return { jsonrpc: '2.0', id: question.id, error };
    return (await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(question) })).json();
  };
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const asked = JSON.parse(Buffer.concat(parts).toString()) as Question | Question[];
      const answer = await (Array.isArray(asked) ? Promise.all(asked.map(answerTo)) : answerTo(asked));
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer));
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

/** A node in front of the one at `url` that answers about events of at most `spanBlocks` blocks, as providers do. */
export function startSparingNode(url: string, spanBlocks: number): Promise<RefusingNode> {
  return startRefusingNode(url, ({ method, params }) => {
    if (method !== 'eth_getLogs') return null;
    const { fromBlock, toBlock } = params?.[0] ?? {};
    // NaN for words such as `earliest`, which no comparison lets through.
    const fits = Number(toBlock) - Number(fromBlock) < spanBlocks;
    return fits ? null : { code: -32_005, message: `query exceeds max block range ${String(spanBlocks)}` };
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
