/** Thrown when somebody sends more than is read. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Reads chunks as UTF-8 until they end; throws TooLargeError as soon as they are more than `mostBytes`. */
export async function boundedText(chunks: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  return new TextDecoder().decode(await boundedBytes(chunks, mostBytes));
}

/** Reads chunks until they end; throws TooLargeError as soon as they are more than `mostBytes`. */
export async function boundedBytes(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array> {
  const read = await firstBytes(chunks, mostBytes + 1);
  if (read.length <= mostBytes) return read;
  throw new TooLargeError(`more than ${String(mostBytes)} bytes came; they were not read`);
}

/** Reads chunks until they end or `count` bytes are there, and leaves what comes after them. */
export async function firstBytes(chunks: AsyncIterable<Uint8Array>, count: number): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    size += chunk.length;
    if (size >= count) break;
  }
  return Buffer.concat(read).subarray(0, count);
}
