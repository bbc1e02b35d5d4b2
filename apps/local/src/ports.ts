import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports below those that systems give to outgoing connections (Linux from 32768, others from 49152). A port among those may
 * be taken by a mere connection between two starts, even by one that tries to reach the port while nothing listens there.
 */
const LOWEST = 20_000;
const BEYOND = 32_768;
const TRIES = 50;

/** Listens on 127.0.0.1 and lets go again: the port that was free (0 asks for any), or null when it is taken. */
export function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : null);
      });
    });
  });
}

/** The wanted port when it is free, else any other; so that a restart keeps its address where it can. */
export async function freePort(wanted?: number): Promise<number> {
  let port = wanted ? await tryPort(wanted) : null;
  for (let tries = 0; port === null && tries < TRIES; tries += 1)
    port = await tryPort(randomInt(LOWEST, BEYOND));
  port ??= await tryPort(0);
  if (!port)
    throw new Error(
      'No TCP port is free on 127.0.0.1. Expected at least one; close some programs and try again.',
    );
  return port;
}
