import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Question {
  readonly id: number;
  readonly method: string;
}

export interface RefusingNode {
  readonly url: string;
  close(): Promise<void>;
}

/** A node in front of the one at `url`, which is not asked where `refuses` gives the words of an error for a method. */
export async function startRefusingNode(
  url: string,
  refuses: (method: string) => string | null,
): Promise<RefusingNode> {
  const answerTo = async (question: Question): Promise<unknown> => {
    const message = refuses(question.method);
    if (message !== null) return { jsonrpc: '2.0', id: question.id, error: { code: -32_000, message } };
    return (await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(question) })).json();
  };
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const asked = JSON.parse(Buffer.concat(parts).toString()) as Question[];
      const answers = await Promise.all(asked.map(answerTo));
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(answers));
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
