-- A statement lists one member's entries of one currency from the newest on; so each entry carries what it is sorted by.
ALTER TABLE ledger_entry ADD COLUMN sequence bigint, ADD COLUMN currency text;
ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only;
UPDATE ledger_entry e SET sequence = t.sequence, currency = t.currency
  FROM ledger_transaction t WHERE t.coop_id = e.coop_id AND t.id = e.transaction_id;
ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only;
ALTER TABLE ledger_entry ALTER COLUMN sequence SET NOT NULL, ALTER COLUMN currency SET NOT NULL;

DROP INDEX ledger_entry_by_party;
CREATE INDEX ledger_entry_by_party ON ledger_entry (coop_id, party_id, currency, sequence, line)
  WHERE party_id IS NOT NULL AND account IN ('earned', 'payable', 'member_receivable');

-- A line may only be written by the transaction that wrote its head, and says the same number and currency as its head.
-- Asked once per statement, and planned anew each time: a session would keep a plan that was made while the books were nearly empty, and read all of them.
DROP TRIGGER ledger_entry_with_its_transaction ON ledger_entry;
CREATE OR REPLACE FUNCTION ledger_entry_same_transaction() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  stray uuid;
BEGIN
  SELECT a.transaction_id INTO stray FROM added a WHERE NOT EXISTS (
    SELECT 1 FROM ledger_transaction t WHERE t.coop_id = a.coop_id AND t.id = a.transaction_id
       AND t.sequence = a.sequence AND t.currency = a.currency AND t.xmin = pg_current_xact_id()::xid) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger transaction % is already posted, or has another sequence or currency', stray
      USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_with_its_transaction AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_same_transaction();
-- The only index that fits is the right one.
ALTER FUNCTION ledger_balanced() SET enable_seqscan = off;
