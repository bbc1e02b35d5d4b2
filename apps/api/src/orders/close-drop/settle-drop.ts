import { Inject, Injectable } from '@nestjs/common';
import { Editions } from '../../catalog/index.js';
import { Books } from '../books.js';
import { Database, Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs } from '../../platform/jobs/index.js';
import { DropsRepository, type Key } from '../drops.repository.js';
import { OVERDUE_SECONDS, OrderJobs, keyOfJob } from '../jobs.js';
import type { DropType, OrderType } from '../orders.types.js';
import { RefundPaidOrders } from '../refund-order/refund-paid-orders.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** Orders per transaction: small enough that a crash repeats little and nobody waits long for the ledger. */
const BATCH = 100;

/** Batches after which the books may have grown by so much that their plans no longer fit. */
const REFRESH_PLANS_AFTER = new Set([10, 100, 1000]);

type BatchOutcome = { readonly kind: 'BatchSettled'; readonly last: boolean };

/**
 * The job that turns the paid orders of a closed drop into sales, or refunds them. The state of each order says what
 * is done, so the job can be killed and run again at any moment.
 */
@Injectable()
export class SettleDrop {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(Editions) private readonly editions: Editions,
    @Inject(RefundPaidOrders) private readonly refundPaidOrders: RefundPaidOrders,
    @Inject(Books) private readonly books: Books,
    @Inject(OrderJobs) private readonly orderJobs: OrderJobs,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.handle('settle_drop', (payload) => this.run(keyOfJob(payload)));
    jobs.sweep({ name: 'settle closed drops', run: () => this.settleForgotten() });
  }

  /** Settles batch after batch until no order of the drop is left in the state `paid`. */
  async run(key: Key): Promise<void> {
    for (let [last, batches] = [false, 0]; !last; batches += 1) {
      ({ last } = await this.transactions.run(['BatchSettled'], (tx) => this.batch(tx, key)));
      if (REFRESH_PLANS_AFTER.has(batches)) await this.books.refreshPlans(this.database);
    }
  }

  private async batch(tx: Transaction, key: Key): Promise<BatchOutcome> {
    const drop = await this.drops.load(tx, key.coopId, key.id);
    if (drop === null || (drop.state !== 'locked' && drop.state !== 'refunded'))
      throw new Error(`drop ${key.id} is to be settled but is not closed`);
    if (drop.state === 'refunded') await tx.lock('edition', key.coopId, [drop.editionId]);
    const seen = await this.orders.paid(tx, key, BATCH + 1);
    const last = seen.length <= BATCH;
    const ids = seen.slice(0, BATCH).map((order) => order.id);
    await tx.lock('sale_order', key.coopId, ids);
    // Another worker may have settled some of them while this one waited for the locks.
    const paid = (
      await this.orders.byKeys(
        tx,
        ids.map((id) => ({ coopId: key.coopId, id })),
      )
    )
      .filter((order) => order.state === 'paid')
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (last) await this.drops.settled(tx, key);
    if (drop.state === 'locked') await this.keep(tx, drop, paid, last);
    else await this.refundPaidOrders.run(tx, key, paid);
    return { kind: 'BatchSettled', last };
  }

  private async keep(
    tx: Transaction,
    drop: DropType,
    paid: readonly OrderType[],
    last: boolean,
  ): Promise<void> {
    const { coopId, editionId } = drop;
    const ids = paid.map((order) => order.id);
    await this.orders.setStates(tx, coopId, ids, 'kept');
    if (last) await this.orderJobs.startRun(tx, drop);
    const edition = await this.editions.load(tx, coopId, editionId);
    if (edition === null) throw new Error(`drop ${drop.id} has no edition`);
    await this.books.sales(tx, coopId, edition.agreementVersionId, paid);
  }

  /** Enqueues again what lost its job; returns how many. */
  async settleForgotten(): Promise<number> {
    const forgotten = await this.drops.unsettled(this.database, OVERDUE_SECONDS);
    await this.orderJobs.settleDrops(this.database, forgotten);
    return forgotten.length;
  }
}
