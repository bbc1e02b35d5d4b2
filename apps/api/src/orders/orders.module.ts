import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { text } from 'express';
import { CatalogModule } from '../catalog/index.js';
import { ChainModule } from '../chain/index.js';
import { MembershipModule } from '../membership/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Books } from './books.js';
import { BrowseDropsResolver } from './browse-drops/browse-drops.resolver.js';
import { DropFieldsResolver, EditionDropResolver } from './browse-drops/drop-fields.resolver.js';
import { BrowseOrdersResolver } from './browse-orders/browse-orders.resolver.js';
import { CloseDrop } from './close-drop/close-drop.js';
import { SettleDrop } from './close-drop/settle-drop.js';
import { DropEntity } from './drop.entity.js';
import { DropsRepository } from './drops.repository.js';
import { ExpireOrders } from './expire-orders/expire-orders.js';
import { MarkHandedOver } from './hand-over/mark-handed-over.js';
import { OrderJobs } from './jobs.js';
import { DropCommitted } from './open-drop/drop-committed.js';
import { OpenDrop } from './open-drop/open-drop.js';
import { OpenDropResolver } from './open-drop/open-drop.resolver.js';
import { KeptOrders, Orders } from './orders.js';
import { PaymentEntity } from './payment.entity.js';
import { NoPayments } from './payments/no-payments.js';
import { PaymentProvider } from './payments/payment-provider.js';
import { PaymentsRepository } from './payments.repository.js';
import { PlaceOrder } from './place-order/place-order.js';
import { PlaceOrderResolver } from './place-order/place-order.resolver.js';
import { RefundPaidOrders } from './refund-order/refund-paid-orders.js';
import { RefundUnit } from './refund-order/refund-unit.js';
import { SendRefund } from './refund-order/send-refund.js';
import { RefundEntity } from './refund.entity.js';
import { RefundsRepository } from './refunds.repository.js';
import { SaleOrderEntity } from './sale-order.entity.js';
import { SaleOrdersRepository } from './sale-orders.repository.js';
import { CallBack } from './sandbox/call-back.js';
import { SandboxCallbackController } from './sandbox/callback.controller.js';
import { CALLBACK_TYPE, CallbackSignature } from './sandbox/callback-signature.js';
import { CaptureDueCharges } from './sandbox/capture-due-charges.js';
import { SandboxChargeEntity } from './sandbox/sandbox-charge.entity.js';
import { SandboxChargesRepository } from './sandbox/sandbox-charges.repository.js';
import { SandboxProvider } from './sandbox/sandbox-provider.js';
import { SandboxRefundEntity } from './sandbox/sandbox-refund.entity.js';
import { CapturePayment } from './take-payment/capture-payment.js';
import { SettlePayment } from './take-payment/settle-payment.js';

const TABLES = [
  DropEntity,
  SaleOrderEntity,
  PaymentEntity,
  RefundEntity,
  SandboxChargeEntity,
  SandboxRefundEntity,
];

const REPOSITORIES = [DropsRepository, SaleOrdersRepository, PaymentsRepository, RefundsRepository];

const SANDBOX = [SandboxChargesRepository, SandboxProvider, CallbackSignature, CaptureDueCharges, CallBack];

/** Drops, orders, payments and refunds. */
@Module({
  imports: [TypeOrmModule.forFeature(TABLES), MembershipModule, CatalogModule, PayoutsModule, ChainModule],
  controllers: [SandboxCallbackController],
  providers: [
    ...REPOSITORIES,
    ...SANDBOX,
    NoPayments,
    {
      provide: PaymentProvider,
      inject: [CONFIG, SandboxProvider, NoPayments],
      useFactory: (config: Config, sandbox: SandboxProvider, none: NoPayments): PaymentProvider =>
        config.payments === 'sandbox' ? sandbox : none,
    },
    OrderJobs,
    Books,
    OpenDrop,
    OpenDropResolver,
    DropCommitted,
    PlaceOrder,
    PlaceOrderResolver,
    SettlePayment,
    CapturePayment,
    ExpireOrders,
    CloseDrop,
    SettleDrop,
    RefundPaidOrders,
    RefundUnit,
    SendRefund,
    MarkHandedOver,
    Orders,
    KeptOrders,
    BrowseDropsResolver,
    DropFieldsResolver,
    EditionDropResolver,
    BrowseOrdersResolver,
  ],
  exports: [DropCommitted, KeptOrders, RefundUnit, MarkHandedOver, Orders],
})
export class OrdersModule implements NestModule {
  /** The callback is read as text, because its signature is over the bytes that were sent. */
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(text({ type: CALLBACK_TYPE, limit: '16kb' })).forRoutes(SandboxCallbackController);
  }
}
