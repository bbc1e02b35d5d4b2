import { constants, open } from 'node:fs/promises';
import { firstBytes } from './nodes/bounded-text.js';

/** There is nothing to judge: no such file, or one that is not read. */
export interface NoInput {
  readonly kind: 'NoInput';
  readonly message: string;
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

/** Reads a file, or what is piped in (`-`), no more than its first `mostBytes`; a pipe that does not end in time is not read. */
export async function readInput(
  source: string,
  mostBytes: number,
  stdin: AsyncIterable<Uint8Array>,
  deadline: AbortSignal,
): Promise<Uint8Array | NoInput> {
  try {
    return source === '-' ? await piped(stdin, mostBytes, deadline) : await file(source, mostBytes);
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (error instanceof NotReadError) return none(source, error.message);
    return none(source, FAULTS[code] ?? `it cannot be read (${code})`);
  }
}

class NotReadError extends Error {}

async function file(path: string, mostBytes: number): Promise<Uint8Array> {
  // Without waiting: a named pipe that nobody writes to would hold us here.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    // A device or a pipe under a name may never end, and opening it again gives something else.
    if (!stats.isFile()) throw new NotReadError('it is not a plain file; use - to read from a pipe');
    return await firstBytes(handle.createReadStream({ autoClose: false }), mostBytes);
  } finally {
    await handle.close();
  }
}

async function piped(
  stdin: AsyncIterable<Uint8Array>,
  mostBytes: number,
  deadline: AbortSignal,
): Promise<Uint8Array> {
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener('abort', () => reject(new NotReadError('it did not end in time')), {
      once: true,
    });
  });
  return Promise.race([firstBytes(stdin, mostBytes), late]);
}

function none(source: string, problem: string): NoInput {
  const name = source === '-' ? 'What is piped in' : source;
  return { kind: 'NoInput', message: `${name} was not read: ${problem}.` };
}
