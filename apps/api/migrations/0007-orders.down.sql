DROP TABLE sandbox_refund;
DROP TABLE sandbox_charge;
DROP TABLE refund;
DROP TABLE payment;
DROP TABLE sale_order;
DROP TABLE edition_drop;
