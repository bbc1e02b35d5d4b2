import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A question to a node, and its answer or refusal. */
export interface Question {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface ChangingNode {
  readonly url: string;
  /** The methods that were asked, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** What a node makes of the true answer; what it returns is sent instead, a string as it is. */
export type Change = (question: Question, result: unknown) => unknown;

/** A node in front of the one at `url` that changes what it says: it lies, lags or is broken as `change` has it. */
export async function startChangingNode(url: string, change: Change): Promise<ChangingNode> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const question = JSON.parse(Buffer.concat(parts).toString()) as Question;
      asked.push(question.method);
      const answer = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(question) });
      const { result, ...rest } = (await answer.json()) as { result: unknown };
      const changed = await change(question, result);
      const text = typeof changed === 'string' && !changed.startsWith('0x') ? changed : null;
      response.writeHead(200, JSON_TYPE).end(text ?? JSON.stringify({ ...rest, result: changed }));
    })().catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
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
