import { Inject, Injectable } from '@nestjs/common';
import { decideCapture, type ChargeResult, type PaymentDecision } from '@touchmark/drops';
import { Books } from '../books.js';
import { Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { DropsRepository, type Key } from '../drops.repository.js';
import { OrderJobs } from '../jobs.js';
import type { OrderType } from '../orders.types.js';
import { PaymentsRepository, type Payment } from '../payments.repository.js';
import { RefundsRepository } from '../refunds.repository.js';
import { SaleOrdersRepository } from '../sale-orders.repository.js';

/** What a provider says about a payment. */
export interface ChargeReport extends Key {
  readonly result: ChargeResult;
  readonly reference: string;
}

export type SettleOutcome = { readonly kind: PaymentDecision['kind'] | 'NoSuchPayment' };

const SETTLED = ['OrderPaid', 'CaptureLate', 'PaymentDeclined', 'StillPending'] as const;

/** Takes a provider's word for a payment, once: the order is paid, or ended, or its money goes back. */
@Injectable()
export class SettlePayment {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PaymentsRepository) private readonly payments: PaymentsRepository,
    @Inject(SaleOrdersRepository) private readonly orders: SaleOrdersRepository,
    @Inject(DropsRepository) private readonly drops: DropsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(OrderJobs) private readonly jobs: OrderJobs,
    @Inject(Books) private readonly books: Books,
  ) {}

  async run(report: ChargeReport): Promise<SettleOutcome> {
    return this.transactions.run(SETTLED, (tx) => this.settle(tx, report));
  }

  private async settle(tx: Transaction, report: ChargeReport): Promise<SettleOutcome> {
    const { coopId } = report;
    const known = await this.payments.load(tx, report);
    const placed = known && (await this.orders.load(tx, coopId, known.orderId));
    if (known === null || placed === null) return { kind: 'NoSuchPayment' };
    await tx.lock('edition', coopId, [placed.editionId]);
    await tx.lock('sale_order', coopId, [placed.id]);
    const payment = await this.payments.load(tx, report);
    const order = await this.orders.load(tx, coopId, placed.id);
    if (payment === null || order === null) throw new Error(`payment ${report.id} vanished under its lock`);
    const at = await this.orders.decisionTime(tx);
    const decided = decideCapture({
      ...{ now: at.getTime(), result: report.result, paymentState: payment.state },
      ...{ orderState: order.state, payBy: order.payBy.getTime() },
    });
    await this.write(tx, decided, { payment, order, at, reference: report.reference });
    return { kind: decided.kind };
  }

  private async write(tx: Transaction, decided: PaymentDecision, settled: Settled): Promise<void> {
    const { payment, order, at, reference } = settled;
    const held = -order.quantity;
    switch (decided.kind) {
      case 'AlreadySettled':
        return;
      case 'StillPending':
        await this.payments.settle(tx, payment, { state: 'pending', reference, at: null });
        return;
      case 'PaymentDeclined':
        await this.payments.settle(tx, payment, { state: 'declined', reference, at });
        if (!decided.release) return;
        await this.orders.setState(tx, order, 'declined');
        await this.drops.move(tx, { coopId: order.coopId, id: order.dropId }, { held, sold: 0 });
        return;
      case 'OrderPaid':
        await this.payments.settle(tx, payment, { state: 'captured', reference, at });
        await this.orders.setState(tx, order, 'paid');
        await this.drops.move(tx, { coopId: order.coopId, id: order.dropId }, { held, sold: order.quantity });
        await this.books.deposit(tx, order, payment.id);
        return;
      case 'CaptureLate':
        await this.payments.settle(tx, payment, { state: 'captured', reference, at });
        if (decided.release)
          await this.drops.move(tx, { coopId: order.coopId, id: order.dropId }, { held, sold: 0 });
        await this.sendBack(tx, settled, decided.release ? 'expired' : order.state);
        return;
      default:
        decided satisfies never;
    }
  }

  private async sendBack(
    tx: Transaction,
    { payment, order, at }: Settled,
    state: OrderType['state'],
  ): Promise<void> {
    const { coopId, amountMinor } = order;
    const refund = { coopId, id: newId(), orderId: order.id, paymentId: payment.id, amountMinor };
    await this.orders.setState(tx, order, state, amountMinor);
    await this.refunds.insert(tx, coopId, [{ ...refund, reason: 'late_capture' }], at);
    await this.jobs.sendRefunds(tx, [refund]);
    await this.books.lateDeposit(tx, payment.id, { coopId, id: refund.id, order, amountMinor });
  }
}

interface Settled {
  readonly payment: Payment;
  readonly order: OrderType;
  readonly at: Date;
  readonly reference: string;
}
