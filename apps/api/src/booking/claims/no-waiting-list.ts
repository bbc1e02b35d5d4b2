import { Injectable } from '@nestjs/common';
import { FreedWindows } from './freed-windows.js';

/** Nobody waits: what becomes free is free for whoever asks next. */
@Injectable()
export class NoWaitingList extends FreedWindows {
  override waitingSql(): string {
    return 'false';
  }

  override waiters(): Promise<string[]> {
    return Promise.resolve([]);
  }

  override settle(): Promise<void> {
    return Promise.resolve();
  }
}
