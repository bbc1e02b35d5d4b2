import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs, eachByItself } from '../../platform/jobs/index.js';
import { DropsRepository, type Key } from '../drops.repository.js';
import { EXPIRED_AT_ONCE, SaleOrdersRepository } from '../sale-orders.repository.js';

/** Ends orders that were not paid in time and gives their units back: by a sweep, and when somebody asks for units. */
@Injectable()
export class ExpireOrders {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'expire orders', run: () => this.run() });
  }

  /** Ends every order whose time is over; returns in how many drops. */
  async run(): Promise<number> {
    const due = await this.orders.dropsWithDead(this.database);
    await eachByItself(due, async (key) => {
      for (let more = true; more;)
        ({ more } = await this.transactions.run(['OrdersExpired'], (tx) => this.inDrop(tx, key)));
    });
    return due.length;
  }

  /**
   * Ends orders of a drop that were to be paid by `now`, 1,000 at most; true when there may be more of them. The caller
   * has locked its edition and announced the orders.
   */
  async expire(tx: Transaction, drop: Key, now: Date): Promise<boolean> {
    const { orders, units } = await this.orders.expire(tx, drop, now);
    if (units > 0) await this.drops.move(tx, drop, { held: -units, sold: 0 });
    return orders === EXPIRED_AT_ONCE;
  }

  private async inDrop(
    tx: Transaction,
    key: Key,
  ): Promise<{ readonly kind: 'OrdersExpired'; readonly more: boolean }> {
    const drop = await this.drops.load(tx, key.coopId, key.id);
    if (drop === null) throw new Error(`drop ${key.id} does not exist`);
    await tx.lock('edition', key.coopId, [drop.editionId]);
    tx.locking('sale_order');
    return { kind: 'OrdersExpired', more: await this.expire(tx, key, await tx.now()) };
  }
}
