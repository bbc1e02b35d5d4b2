import { Inject, Injectable } from '@nestjs/common';
import { decideClose } from '@touchmark/drops';
import { Database, Transactions, type Transaction } from '../../platform/database/index.js';
import { Jobs, eachByItself } from '../../platform/jobs/index.js';
import { DropsRepository, type Key } from '../drops.repository.js';
import { ExpireOrders } from '../expire-orders/expire-orders.js';
import { OrderJobs } from '../jobs.js';

type CloseOutcome = { readonly kind: 'RunLocked' | 'AllRefunded' | 'NotDue' | 'OrdersExpired' };

const CHANGED = ['RunLocked', 'AllRefunded', 'OrdersExpired'] as const;

/** Closes drops whose time is over: what was paid decides, and nothing can be ordered or paid afterwards. */
@Injectable()
export class CloseDrop {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(ExpireOrders) private readonly expireOrders: ExpireOrders,
    @Inject(OrderJobs) private readonly orderJobs: OrderJobs,
    @Inject(Jobs) jobs: Jobs,
  ) {
    jobs.sweep({ name: 'close drops', run: () => this.run() });
  }

  /** Closes every drop that is due; returns how many. */
  async run(): Promise<number> {
    const due = await this.drops.due(this.database);
    await eachByItself(due, async (key) => {
      for (let ending = true; ending;)
        ending = (await this.transactions.run(CHANGED, (tx) => this.close(tx, key))).kind === 'OrdersExpired';
    });
    return due.length;
  }

  private async close(tx: Transaction, key: Key): Promise<CloseOutcome> {
    const known = await this.drops.load(tx, key.coopId, key.id);
    if (known === null) throw new Error(`drop ${key.id} does not exist`);
    await tx.lock('edition', key.coopId, [known.editionId]);
    tx.locking('sale_order');
    const now = await tx.now();
    // Nobody can pay after the close, so every order that still awaits payment was to be paid by now.
    // A sold-out drop may have as many of them as it has units, so they end in transactions of their own before the close.
    if (await this.expireOrders.expire(tx, key, now)) return { kind: 'OrdersExpired' };
    const drop = await this.drops.load(tx, key.coopId, key.id);
    if (drop === null) throw new Error(`drop ${key.id} vanished under its lock`);
    const { state, minimumUnits, unitsSold } = drop;
    const closesAt = drop.closesAt.getTime();
    const decided = decideClose({ now: now.getTime(), state, closesAt, minimumUnits, unitsSold });
    if (decided.kind === 'NotDue') return decided;
    await this.drops.close(tx, key, decided.kind === 'RunLocked' ? 'locked' : 'refunded', now);
    if (unitsSold > 0) await this.orderJobs.settleDrops(tx, [key]);
    return decided;
  }
}
