import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { CLOSE, SOCKET_LIMITS } from './limits.js';
import { LiveConnection } from './live-connection.js';

let server: WebSocketServer;
let client: WebSocket;
let socket: WebSocket;
let connection: LiveConnection;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  client = new WebSocket(`ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  [socket] = (await once(server, 'connection')) as [WebSocket];
  connection = new LiveConnection(socket, '127.0.0.1');
  await once(client, 'open');
});
afterEach(async () => {
  client.terminate();
  server.close();
  await once(server, 'close');
});

describe('a client that does not read', () => {
  it('is given up when its events pile up, and what was kept for it is let go', async () => {
    const ends: number[] = [];
    // Listened for from the start: a machine that stands still for a second may have cut it off before the loop goes on.
    const closed = once(socket, 'close');
    client.pause();
    const queue = connection.queue<string>(() => ends.push(pushed));
    const sent = (async () => {
      for await (const event of queue) await connection.send(event);
    })();
    const large = 'x'.repeat(500_000);
    let pushed = 0;
    while (ends.length === 0 && pushed < 1000) {
      queue.push(large);
      pushed += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(ends).toHaveLength(1);
    // Beside what the system itself takes, no more was kept than the queue and the one message under way.
    expect(socket.bufferedAmount).toBeLessThan(2 * SOCKET_LIMITS.bufferedBytes);
    const [code] = (await closed) as [number];
    expect(code).toBe(1006);
    await Promise.all([sent, connection.gone]);
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('is given up when it asks and asks without reading the answers', async () => {
    client.pause();
    const large = 'x'.repeat(500_000);
    const answers = Array.from({ length: 200 }, () => connection.send(large));
    await connection.gone;
    await Promise.all(answers);
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });
});

describe('a client that reads', () => {
  it('is told why it is sent away', async () => {
    connection.drop(CLOSE.tooSlow, 'Too slow.');
    const [code, reason] = (await once(client, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([CLOSE.tooSlow, 'Too slow.']);
  });

  it('ends every queue with the connection, also one that is opened too late', async () => {
    const queue = connection.queue<string>(() => undefined);
    const waiting = queue.next();
    connection.drop(CLOSE.goingAway, '');
    expect(await waiting).toEqual({ done: true, value: undefined });
    let told = false;
    const late = connection.queue<string>(() => (told = true));
    expect(await late.next()).toEqual({ done: true, value: undefined });
    expect(told).toBe(true);
  });

  it('is sent its events in their order, and none after it has had enough', async () => {
    const queue = connection.queue<number>(() => undefined);
    for (const event of [1, 2, 3]) queue.push(event);
    expect(
      [await queue.next(), await queue.next()].map(({ value }: IteratorResult<number>) => value as number),
    ).toEqual([1, 2]);
    await queue.return();
    queue.push(4);
    expect((await queue.next()).done).toBe(true);
  });
});
