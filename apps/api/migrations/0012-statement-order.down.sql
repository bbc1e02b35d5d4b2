ALTER FUNCTION ledger_balanced() RESET enable_seqscan;
DROP TRIGGER ledger_entry_with_its_transaction ON ledger_entry;
CREATE OR REPLACE FUNCTION ledger_entry_same_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_transaction WHERE coop_id = NEW.coop_id AND id = NEW.transaction_id
      AND xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'ledger transaction % is already posted', NEW.transaction_id USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_with_its_transaction AFTER INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_same_transaction();
DROP INDEX ledger_entry_by_party;
CREATE INDEX ledger_entry_by_party ON ledger_entry (coop_id, party_id, account) WHERE party_id IS NOT NULL;
ALTER TABLE ledger_entry DROP COLUMN sequence, DROP COLUMN currency;
