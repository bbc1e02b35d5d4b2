/** The events that one subscriber has not been sent yet: at most `limit`, beyond which its connection is given up. */
export class EventQueue<Event> implements AsyncIterableIterator<Event> {
  private readonly events: Event[] = [];
  private readonly waiting: ((step: IteratorResult<Event>) => void)[] = [];
  private ended = false;

  constructor(
    private readonly limit: number,
    private readonly whenFull: () => void,
    private readonly whenEnded: () => void,
  ) {}

  push(event: Event): void {
    if (this.ended) return;
    const next = this.waiting.shift();
    if (next !== undefined) {
      next({ done: false, value: event });
      return;
    }
    if (this.events.length < this.limit) {
      this.events.push(event);
      return;
    }
    this.end();
    this.whenFull();
  }

  /** Forgets what was not sent; whoever waits for the next event is told that there is none. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.events.length = 0;
    for (const next of this.waiting.splice(0)) next({ done: true, value: undefined });
    this.whenEnded();
  }

  next(): Promise<IteratorResult<Event>> {
    const event = this.events.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  return(): Promise<IteratorResult<Event>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(error: unknown): Promise<IteratorResult<Event>> {
    this.end();
    return Promise.reject(error instanceof Error ? error : new Error(String(error)));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
