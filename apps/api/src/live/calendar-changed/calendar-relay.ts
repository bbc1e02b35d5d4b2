import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { overlaps, type Window } from '@touchmark/calendar';
import type { Logger } from 'pino';
import {
  BookingChanges,
  type BookingEventRow,
  type ChangedStretch,
  type Changes,
  type Viewer,
} from '../../booking/index.js';
import { type EventQueue, type LiveConnection, sameForAll } from '../../platform/subscriptions/index.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import { PollLoop } from '../poll-loop.js';
import { SequenceTracker } from '../sequence-tracker.js';
import { CalendarChangeKind, type CalendarChange } from './calendar-changed.types.js';

const POLL_MS = 150;
const MOST_AT_ONCE = 500;
// How far back the first poll looks for numbers that transactions have taken but not committed yet.
const LOOK_BACK = 1000;

/** Which calendar is watched, by whom, in which stretch. */
export interface Watch {
  readonly coopId: string;
  readonly workshopId: string;
  readonly range: Window;
  readonly viewer: Viewer;
}

export interface CalendarChanged {
  readonly calendarChanged: CalendarChange;
}

interface Subscriber extends Watch {
  readonly queue: EventQueue<CalendarChanged>;
}

const SNAPSHOT_NEEDED: CalendarChanged = {
  calendarChanged: { kind: CalendarChangeKind.SNAPSHOT_NEEDED, stations: [] },
};

/** Reads what happened to bookings, once for all who watch through this process, and tells each what they may see. */
@Injectable()
export class CalendarRelay implements BeforeApplicationShutdown {
  private readonly subscribers = new Set<Subscriber>();
  private tracker = new SequenceTracker(0);
  /** Read but not told yet: a failure in between must not lose them. */
  private untold: BookingEventRow[] = [];
  private readonly loop: PollLoop;

  constructor(
    @Inject(LOGGER) logger: Logger,
    @Inject(BookingChanges) private readonly changes: BookingChanges,
  ) {
    this.loop = new PollLoop('calendar', POLL_MS, logger, {
      begin: () => this.begin(),
      poll: () => this.poll(),
      needed: () => this.subscribers.size > 0,
    });
  }

  /** Watches a calendar: first a word that it must be loaded, then everything that changes in it from then on. */
  async watch(connection: LiveConnection, watch: Watch): Promise<AsyncIterableIterator<CalendarChanged>> {
    const queue = connection.queue<CalendarChanged>(() => {
      this.subscribers.delete(subscriber);
    });
    const subscriber: Subscriber = { ...watch, queue };
    this.subscribers.add(subscriber);
    try {
      await this.loop.start();
    } catch (error) {
      queue.end();
      throw error;
    }
    queue.push(SNAPSHOT_NEEDED);
    return queue;
  }

  beforeApplicationShutdown(): void {
    this.loop.stop();
  }

  /** Stands at the newest number; what was taken before it and is not committed yet is waited for. */
  private async begin(): Promise<void> {
    this.tracker = new SequenceTracker(Math.max((await this.changes.newest()) - LOOK_BACK, 0));
    while ((await this.fetch()) >= MOST_AT_ONCE);
    this.untold = [];
  }

  private async poll(): Promise<boolean> {
    const found = await this.fetch();
    if (this.untold.length > 0) await this.publish(this.untold);
    this.untold = [];
    return found >= MOST_AT_ONCE;
  }

  private async fetch(): Promise<number> {
    const { position, missing } = this.tracker;
    const read = await this.changes.read(position, missing, MOST_AT_ONCE);
    this.tracker.take(read, performance.now());
    this.untold.push(...read.events);
    return read.events.length;
  }

  private async publish(events: readonly BookingEventRow[]): Promise<void> {
    const changes = await this.changes.load(events);
    const told = new Map<string, CalendarChanged>();
    for (const { coopId, workshopId, range, viewer, queue } of this.subscribers) {
      const touched = changes.stretches.filter(
        (stretch) =>
          stretch.coopId === coopId && stretch.workshopId === workshopId && overlaps(stretch, range),
      );
      if (touched.length > 0) queue.push(this.changeFor(viewer, touched, changes, told));
    }
  }

  /** Who holds nothing there sees what all others see who hold nothing there, so it is made and answered once. */
  private changeFor(
    viewer: Viewer,
    touched: readonly ChangedStretch[],
    { stretches, names }: Changes,
    told: Map<string, CalendarChanged>,
  ): CalendarChanged {
    const make = (): CalendarChanged => {
      const stations = touched.map((stretch) => this.changes.shownTo(viewer, stretch, names));
      return { calendarChanged: { kind: CalendarChangeKind.CHANGED, stations } };
    };
    if (touched.some(({ claims }) => claims.some(({ accountId }) => accountId === viewer.accountId)))
      return make();
    const places = touched.map((stretch) => stretches.indexOf(stretch));
    const key = `${String(viewer.seesAll)} ${places.join()}`;
    const change = told.get(key) ?? sameForAll(make());
    told.set(key, change);
    return change;
  }
}
