-- A hold becomes a booking before its time and its window are over, by the clock behind all locks.
ALTER TABLE booking ADD CONSTRAINT booking_confirmed_in_time
  CHECK (confirmed_at < expires_at AND confirmed_at < upper(during) OR confirmed_at IS NULL OR expires_at IS NULL);
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_counts_from_one CHECK (sequence >= 1);
