import { Inject, Injectable } from '@nestjs/common';
import { decideReclaim } from '@touchmark/exchange';
import { z } from 'zod';
import { DisplacedWork, type BookingType, type Displaced } from '../../booking/index.js';
import { Database, Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { Closures } from '../../workshops/index.js';
import { OrderUnderLocks, notBegun, type HeldOrder } from '../order-under-locks.js';
import { ReplaceOrder, type Way } from '../reclaim-window/replace-order.js';
import type { ServiceOrderType } from '../service-order.types.js';
import { ServiceOrdersRepository } from '../service-orders.repository.js';

const TASK = 'replace_displaced_order';
const MOST_ATTEMPTS = 4;

const job = z.object({
  ...{ coopId: z.uuid(), orderId: z.uuid(), closureId: z.uuid(), actorId: z.uuid() },
  bookingIds: z.array(z.uuid()),
});
type Job = z.infer<typeof job>;

/** What a try came to: the order has a place or its money, or the other way is the right one and this one is undone. */
interface Tried {
  readonly kind: 'Settled' | 'OtherWay';
}

/**
 * Looks after service orders that are left on a station that is out of service: each finds another place that keeps its
 * promise or is refunded, and both sides are told. A job for each, since it takes more locks than the station's.
 */
@Injectable()
export class ReplaceDisplaced {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Closures) private readonly closures: Closures,
    @Inject(ServiceOrdersRepository) private readonly orders: ServiceOrdersRepository,
    @Inject(OrderUnderLocks) private readonly underLocks: OrderUnderLocks,
    @Inject(ReplaceOrder) private readonly replaceOrder: ReplaceOrder,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DisplacedWork) displacedWork: DisplacedWork,
  ) {
    displacedWork.handle((tx, displaced) => this.enqueue(tx, displaced));
    jobs.handle(TASK, (payload) => this.run(job.parse(payload)));
  }

  private async enqueue(tx: Transaction, { coopId, closureId, actorId, bookings }: Displaced): Promise<void> {
    const byOrder = Map.groupBy(bookings, ({ serviceOrderId }) => serviceOrderId);
    const jobs = [...byOrder].flatMap(([orderId, own]) => {
      if (orderId === null) return [];
      const bookingIds = own.map(({ id }) => id);
      const payload = { coopId, orderId, closureId, actorId, bookingIds } satisfies Job;
      return [{ payload, key: `displaced:${closureId}:${orderId}` }];
    });
    await this.jobs.enqueueAll(tx, TASK, jobs);
  }

  private async run(task: Job): Promise<void> {
    const order = await this.orders.byId(this.database, { coopId: task.coopId, id: task.orderId });
    if (order === null) return;
    let way: Way = 'moved';
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const { kind } = await this.transactions.run(['Settled'], (tx) => this.once(tx, order, task, way));
      if (kind === 'Settled') return;
      way = way === 'moved' ? 'cancelled' : 'moved';
    }
    throw new Error(`the stations of order ${order.id} changed at every attempt to find it another place`);
  }

  private async once(tx: Transaction, order: ServiceOrderType, task: Job, way: Way): Promise<Tried> {
    const held = await this.underLocks.take(tx, order);
    const displaced = await this.stillDisplaced(tx, held, task);
    // Returned to service, moved, begun or ended meanwhile: nothing is left to do.
    if (displaced === undefined) return { kind: 'Settled' };
    const why = isFirm(held, displaced) ? 'out_of_service_when_firm' : 'out_of_service';
    const moving = this.replaceOrder.free(tx, held, displaced, way, task.actorId);
    const placed = await this.replaceOrder.place(tx, held, moving, way, { why, actorId: task.actorId });
    return { kind: placed ? 'Settled' : 'OtherWay' };
  }

  /** The first of the displaced bookings that the closure, as it stands now, still keeps from its station. */
  private async stillDisplaced(
    tx: Transaction,
    held: HeldOrder,
    { coopId, closureId, bookingIds }: Job,
  ): Promise<BookingType | undefined> {
    const closure = await this.closures.byId(tx, coopId, closureId);
    if (closure === null) return undefined;
    return notBegun(held).find(
      ({ id, claimFromAt, toAt }) =>
        bookingIds.includes(id) && claimFromAt < closure.toAt && toAt > closure.fromAt,
    );
  }
}

function isFirm({ offer, now }: HeldOrder, { fromAt }: BookingType): boolean {
  const window = { fromAt: fromAt.getTime(), firmHours: offer.firmHours, begun: false };
  return decideReclaim(window, now.getTime()).kind === 'CapacityFirm';
}
