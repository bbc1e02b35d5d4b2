ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account CHECK (account IN ('cash', 'customer_deposits', 'earned',
  'payable', 'coop_fee', 'member_receivable', 'booking_revenue'));
ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind CHECK (kind IN ('booking_charged', 'booking_credited',
  'deposit_received', 'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed'));
DROP INDEX booking_by_member_start;
DROP TABLE credit_use;
DROP TABLE credit_grant;
DROP TABLE credit_pack;
DROP TABLE quota_rule;
ALTER TABLE membership DROP COLUMN class_set_at;
