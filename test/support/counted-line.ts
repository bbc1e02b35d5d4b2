import { openLine, type CutLine } from './cut-line.js';

/** A line to PostgreSQL that counts what goes over it. */
export interface CountedLine extends Pick<CutLine, 'url' | 'close'> {
  /** How often, so far, somebody on it has asked and then had to wait for an answer: round trips. */
  roundTrips(): number;
  /** How many statements were run with them. */
  statements(): number;
}

const SYNC = 'S'.charCodeAt(0);
const SIMPLE_QUERY = 'Q'.charCodeAt(0);
const EXECUTE = 'E'.charCodeAt(0);

/**
 * Counts messages of the protocol (PostgreSQL, Message Formats): a Sync or a simple query ends what is sent together and
 * is answered by one ReadyForQuery. So it sees what any library does, and no code has to say that it asked.
 */
export async function openCountedLine(target: string): Promise<CountedLine> {
  let [trips, statements] = [0, 0];
  const listen = (): ((chunk: Buffer) => void) => {
    let rest = Buffer.alloc(0);
    let started = false;
    return (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      // The first message of a connection has a length and no type.
      for (let head = started ? 1 : 0; rest.length >= head + 4; head = 1) {
        const size = head + rest.readInt32BE(head);
        if (rest.length < size) return;
        if (started) {
          if (rest[0] === SYNC || rest[0] === SIMPLE_QUERY) trips += 1;
          if (rest[0] === EXECUTE || rest[0] === SIMPLE_QUERY) statements += 1;
        }
        started = true;
        rest = rest.subarray(size);
      }
    };
  };
  const line = await openLine(target, listen);
  return { url: line.url, close: () => line.close(), roundTrips: () => trips, statements: () => statements };
}
