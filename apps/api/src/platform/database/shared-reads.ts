/** How long a statement may keep the next one waiting; a connection that hangs must not hold up everybody. */
const PATIENCE_MS = 250;
const MOST_KEYS = 200;

interface Waiting<Row> {
  readonly answer: Promise<Row | undefined>;
  readonly resolve: (row: Row | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks the database one question for many callers at once. Whoever asks while a statement is out waits for the next,
 * so every answer was read after it was asked for: nothing is remembered.
 */
export class SharedReads<Row> {
  private waiting = new Map<string, Waiting<Row>>();
  private busy = false;

  /** `read` answers a map by key; a key that it does not answer is undefined. */
  constructor(private readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Row>>) {}

  /** The answer for `key`, read from now on. */
  ask(key: string): Promise<Row | undefined> {
    const known = this.waiting.get(key);
    if (known !== undefined) return known.answer;
    const { promise: answer, resolve, reject } = Promise.withResolvers<Row | undefined>();
    this.waiting.set(key, { answer, resolve, reject });
    // After the requests that the network delivers together have all asked.
    if (this.waiting.size === 1 && !this.busy) setImmediate(() => void this.goOut());
    return answer;
  }

  private async goOut(): Promise<void> {
    const asked = new Map([...this.waiting].slice(0, MOST_KEYS));
    for (const key of asked.keys()) this.waiting.delete(key);
    this.busy = true;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([this.answerAll(asked), patience]);
    clearTimeout(timer);
    this.busy = false;
    if (this.waiting.size > 0) void this.goOut();
  }

  private async answerAll(asked: ReadonlyMap<string, Waiting<Row>>): Promise<void> {
    try {
      const found = await this.read([...asked.keys()]);
      for (const [key, { resolve }] of asked) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  }
}
