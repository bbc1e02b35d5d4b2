ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account CHECK (account IN ('cash', 'customer_deposits', 'earned',
  'payable', 'coop_fee', 'member_receivable', 'booking_revenue', 'prepaid_credits'));
ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind CHECK (kind IN ('booking_charged', 'booking_credited',
  'deposit_received', 'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed',
  'booking_adjusted', 'credits_sold', 'credits_used', 'credits_returned', 'credits_expired'));
DROP TABLE service_booking;
ALTER TABLE booking DROP CONSTRAINT booking_service_order;
DROP TABLE service_message;
DROP TABLE service_order_event;
DROP TABLE service_order;
DROP TABLE service_quote;
DROP TABLE offer_kind;
DROP TABLE offer_version;
DROP TABLE offer;
DROP TABLE provider_brand;
ALTER TABLE api_key DROP CONSTRAINT api_key_scopes_known;
ALTER TABLE api_key ADD CONSTRAINT api_key_scopes_known
  CHECK (scopes <@ ARRAY['capacity:read', 'catalog:read', 'orders:write'] AND cardinality(scopes) > 0);
