import type { Provider } from '@nestjs/common';
import { FreedWindows } from '../claims/freed-windows.js';
import { GiveOffers } from './give-offers.js';
import { JoinWaitingList } from './join-waiting-list/join-waiting-list.js';
import { JoinWaitingListResolver } from './join-waiting-list/join-waiting-list.resolver.js';
import { LeaveWaitingList } from './leave-waiting-list/leave-waiting-list.js';
import { LeaveWaitingListResolver } from './leave-waiting-list/leave-waiting-list.resolver.js';
import { WaitingEntryResolver } from './my-waiting/waiting-entry.resolver.js';
import { ServeQueues } from './serve-queues/serve-queues.js';
import { WaitingEntriesRepository } from './waiting-entries.repository.js';
import { WaitingList } from './waiting-list.js';

/** The waiting list, as a part of the booking module: what frees capacity asks it first, and it gives holds. */
export const WAITING_LIST: Provider[] = [
  { provide: FreedWindows, useClass: WaitingList },
  WaitingEntriesRepository,
  GiveOffers,
  JoinWaitingList,
  JoinWaitingListResolver,
  LeaveWaitingList,
  LeaveWaitingListResolver,
  WaitingEntryResolver,
  ServeQueues,
];
