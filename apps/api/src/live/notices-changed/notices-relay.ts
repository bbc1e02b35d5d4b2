import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { Notices } from '../../notices/index.js';
import type { EventQueue, LiveConnection } from '../../platform/subscriptions/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { PollLoop } from '../poll-loop.js';
import type { NoticesChange } from './notices-changed.types.js';

const POLL_MS = 500;

export interface NoticesChanged {
  readonly noticesChanged: NoticesChange;
}

interface Subscriber {
  readonly accountId: string;
  readonly queue: EventQueue<NoticesChanged>;
  /** What was told last, in short. */
  told: string | null;
}

/**
 * Asks for the unread notices of all who watch through this process, by one statement, and tells each what is new.
 * The state is compared and not a stream of events, so nothing can be missed or come in the wrong order.
 */
@Injectable()
export class NoticesRelay implements BeforeApplicationShutdown {
  private readonly subscribers = new Set<Subscriber>();
  private readonly loop: PollLoop;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(Notices) private readonly notices: Notices,
  ) {
    this.loop = new PollLoop('notices', POLL_MS, logger, {
      begin: () => Promise.resolve(),
      poll: () => this.poll(),
      needed: () => this.subscribers.size > 0,
    });
  }

  /** Watches the notices of an account: first how it stands, then every change. */
  async watch(connection: LiveConnection, accountId: string): Promise<AsyncIterableIterator<NoticesChanged>> {
    const queue = connection.queue<NoticesChanged>(() => {
      this.subscribers.delete(subscriber);
    });
    const subscriber: Subscriber = { accountId, queue, told: null };
    this.subscribers.add(subscriber);
    await this.loop.start();
    return queue;
  }

  beforeApplicationShutdown(): void {
    this.loop.stop();
  }

  private async poll(): Promise<boolean> {
    const asked = [...this.subscribers];
    const unread = await this.notices.unreadOf([...new Set(asked.map(({ accountId }) => accountId))]);
    const byAccount = new Map(unread.map((one) => [one.accountId, one]));
    for (const subscriber of asked) {
      const { count, newest } = byAccount.get(subscriber.accountId) ?? { count: 0, newest: null };
      const state = `${String(count)} ${newest?.id ?? ''}`;
      if (state === subscriber.told) continue;
      subscriber.told = state;
      subscriber.queue.push({ noticesChanged: { unread: count, newest } });
    }
    return false;
  }
}
