import type { Logger } from 'pino';

/** Runs `poll` again and again while somebody needs it; one at a time, and on after a failure. */
export class PollLoop {
  private timer: NodeJS.Timeout | undefined;
  private started: Promise<void> | undefined;
  private stopped = false;

  /** `begin` runs before the first poll of each stretch of need; `poll` answers whether there is more to fetch at once. */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly logger: Logger,
    private readonly work: { begin(): Promise<void>; poll(): Promise<boolean>; needed(): boolean },
  ) {}

  /** Resolves when polling has begun; throws what `begin` throws. */
  async start(): Promise<void> {
    if (this.stopped) return;
    this.started ??= this.begin();
    await this.started;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async begin(): Promise<void> {
    try {
      await this.work.begin();
      this.plan(0);
    } catch (error) {
      this.started = undefined;
      throw error;
    }
  }

  private plan(inMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.turn();
    }, inMs);
  }

  private async turn(): Promise<void> {
    let more = false;
    try {
      more = await this.work.poll();
    } catch (error) {
      this.logger.warn({ err: error, poll: this.name }, 'a poll failed and will be tried again');
    }
    if (this.work.needed()) this.plan(more ? 0 : this.everyMs);
    else this.started = undefined;
  }
}
