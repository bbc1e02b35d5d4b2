import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { freePort, tryPort } from '../../apps/local/src/ports.ts';

describe('a free port', () => {
  it('is none that a system gives to outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
    expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([]);
  });

  it('is the one that was wanted while nobody has it, and another one else', async () => {
    const wanted = await freePort();
    expect(await freePort(wanted)).toBe(wanted);
    const server = createServer().listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    expect(await tryPort(wanted)).toBeNull();
    expect(await freePort(wanted)).not.toBe(wanted);
    server.close();
    await once(server, 'close');
  });
});
