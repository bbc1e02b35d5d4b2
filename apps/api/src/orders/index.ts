export { MarkHandedOver } from './hand-over/mark-handed-over.js';
export { DropCommitted } from './open-drop/drop-committed.js';
export { CHECKS } from './orders.checks.js';
export { OrdersModule } from './orders.module.js';
export { DropType, OrderType } from './orders.types.js';
export { KeptOrders, Orders } from './orders.js';
export { RefundUnit } from './refund-order/refund-unit.js';
