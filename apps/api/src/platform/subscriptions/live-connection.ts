import type { WebSocket } from 'ws';
import type { Pass } from '../auth/passes.js';
import { Allowance } from './allowance.js';
import { CLOSE, SOCKET_LIMITS } from './limits.js';
import { EventQueue } from './event-queue.js';

// How long a client may take to answer a goodbye before it is cut off.
const GOODBYE_MS = 1000;

/** One client over one socket: who it is, and what ends with it. */
export class LiveConnection {
  /** Null until it has said who it is. */
  pass: Pass | null = null;
  private readonly queues = new Set<{ end(): void }>();
  private ended = false;
  private readonly allowance = new Allowance(SOCKET_LIMITS.messageBurst, SOCKET_LIMITS.messagesPerSecond);
  /** Resolves when the socket has closed. */
  readonly gone: Promise<void>;

  constructor(
    private readonly socket: WebSocket,
    readonly network: string,
  ) {
    this.gone = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
  }

  /** True once it was dropped or has closed: nothing is sent to it any more. */
  get over(): boolean {
    return this.ended;
  }

  /** Counts a message of the client; false when it has sent too many, and then it is given up. */
  mayAsk(): boolean {
    if (this.ended) return false;
    if (this.allowance.take(performance.now())) return true;
    this.drop(CLOSE.tooMany, 'Too many messages: ask less often.');
    return false;
  }

  /** A queue of events for one subscription; it ends with the connection, and ends the connection when it is full. */
  queue<Event>(whenEnded: () => void): EventQueue<Event> {
    const queue = new EventQueue<Event>(
      SOCKET_LIMITS.queuedEvents,
      () => {
        this.drop(CLOSE.tooSlow, 'Too slow: connect again and load anew.');
      },
      () => {
        this.queues.delete(queue);
        whenEnded();
      },
    );
    if (this.ended) queue.end();
    else this.queues.add(queue);
    return queue;
  }

  /** Sends one message when the client reads what it is sent, and gives the client up otherwise. */
  async send(message: string): Promise<void> {
    if (this.ended || this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > SOCKET_LIMITS.bufferedBytes) {
      this.drop(CLOSE.tooSlow, 'Too slow: connect again and load anew.');
      return;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    // A message that could not be sent belongs to a socket that closes; its end is seen there.
    this.socket.send(message, () => {
      resolve(undefined);
    });
    await promise;
  }

  /** Ends all subscriptions at once, says goodbye with a code, and cuts off whoever does not answer it. */
  drop(code: number, reason: string): void {
    this.forget();
    this.socket.close(code, reason);
    setTimeout(() => {
      this.socket.terminate();
    }, GOODBYE_MS).unref();
  }

  /** Ends all subscriptions: the socket is gone, or going. */
  forget(): void {
    this.ended = true;
    for (const queue of [...this.queues]) queue.end();
  }
}
