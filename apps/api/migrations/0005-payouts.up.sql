CREATE TABLE agreement (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  CONSTRAINT agreement_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT agreement_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);

-- Terms never change: a new version is a new row, active once every party has approved it.
CREATE TABLE agreement_version (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  agreement_id uuid NOT NULL,
  version integer NOT NULL,
  fee_numerator bigint NOT NULL,
  fee_denominator bigint NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  activated_at timestamptz,
  CONSTRAINT agreement_version_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT agreement_version_once UNIQUE (coop_id, agreement_id, version),
  CONSTRAINT agreement_version_agreement FOREIGN KEY (coop_id, agreement_id) REFERENCES agreement (coop_id, id),
  CONSTRAINT agreement_version_proposer FOREIGN KEY (coop_id, proposed_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT agreement_version_fee CHECK (fee_numerator >= 0 AND fee_numerator < fee_denominator)
);

CREATE TABLE agreement_party (
  coop_id uuid NOT NULL,
  version_id uuid NOT NULL,
  position integer NOT NULL,
  account_id uuid NOT NULL,
  weight bigint NOT NULL,
  approved_at timestamptz,
  CONSTRAINT agreement_party_pkey PRIMARY KEY (coop_id, version_id, position),
  CONSTRAINT agreement_party_once UNIQUE (coop_id, version_id, account_id),
  CONSTRAINT agreement_party_version FOREIGN KEY (coop_id, version_id) REFERENCES agreement_version (coop_id, id),
  CONSTRAINT agreement_party_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT agreement_party_weight CHECK (weight > 0)
);

-- What the waterfall has distributed so far: each payee's target is a function of these totals alone.
CREATE TABLE agreement_total (
  coop_id uuid NOT NULL,
  version_id uuid NOT NULL,
  currency text NOT NULL,
  sold_minor bigint NOT NULL DEFAULT 0,
  handed_over_minor bigint NOT NULL DEFAULT 0,
  CONSTRAINT agreement_total_pkey PRIMARY KEY (coop_id, version_id, currency),
  CONSTRAINT agreement_total_version FOREIGN KEY (coop_id, version_id) REFERENCES agreement_version (coop_id, id),
  CONSTRAINT agreement_total_order CHECK (handed_over_minor BETWEEN 0 AND sold_minor)
);

CREATE TABLE ledger_head (
  coop_id uuid NOT NULL,
  sequence bigint NOT NULL,
  hash text NOT NULL,
  CONSTRAINT ledger_head_pkey PRIMARY KEY (coop_id),
  CONSTRAINT ledger_head_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);

CREATE TABLE ledger_transaction (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sequence bigint NOT NULL,
  kind text NOT NULL,
  reference uuid NOT NULL,
  currency text NOT NULL,
  posted_at timestamptz NOT NULL,
  version_id uuid,
  total_before_minor bigint,
  total_after_minor bigint,
  hash text NOT NULL,
  CONSTRAINT ledger_transaction_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT ledger_transaction_sequence_once UNIQUE (coop_id, sequence),
  CONSTRAINT ledger_transaction_reference_once UNIQUE (coop_id, kind, reference),
  CONSTRAINT ledger_transaction_head FOREIGN KEY (coop_id) REFERENCES ledger_head (coop_id),
  CONSTRAINT ledger_transaction_version FOREIGN KEY (coop_id, version_id) REFERENCES agreement_version (coop_id, id),
  CONSTRAINT ledger_transaction_kind CHECK (kind IN ('booking_charged', 'booking_credited', 'deposit_received',
    'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed')),
  CONSTRAINT ledger_transaction_totals CHECK ((version_id IS NULL) = (total_before_minor IS NULL)
    AND (version_id IS NULL) = (total_after_minor IS NULL))
);

-- Debits are positive, credits negative, so what is owed to somebody stands negative; party_id is an account's id and the only thing that points at a person.
CREATE TABLE ledger_entry (
  coop_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  line integer NOT NULL,
  account text NOT NULL,
  party_id uuid,
  amount_minor bigint NOT NULL,
  CONSTRAINT ledger_entry_pkey PRIMARY KEY (coop_id, transaction_id, line),
  CONSTRAINT ledger_entry_transaction FOREIGN KEY (coop_id, transaction_id) REFERENCES ledger_transaction (coop_id, id),
  CONSTRAINT ledger_entry_not_zero CHECK (amount_minor <> 0),
  CONSTRAINT ledger_entry_account CHECK (account IN ('cash', 'customer_deposits', 'earned', 'payable', 'coop_fee',
    'member_receivable', 'booking_revenue'))
);
CREATE INDEX ledger_entry_by_party ON ledger_entry (coop_id, party_id, account) WHERE party_id IS NOT NULL;

CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: post a reversing transaction instead', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON ledger_transaction
  FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_transaction_no_truncate BEFORE TRUNCATE ON ledger_transaction
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();

CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  total numeric;
  lines integer;
BEGIN
  SELECT coalesce(sum(amount_minor), 0), count(*) INTO total, lines
    FROM ledger_entry WHERE coop_id = NEW.coop_id AND transaction_id = NEW.id;
  IF total <> 0 OR lines < 2 THEN
    RAISE EXCEPTION 'ledger transaction % has % lines that sum to %', NEW.id, lines, total
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_transaction_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON ledger_transaction
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

-- A line may only be written by the transaction that wrote its head, so nothing can be added to a posted one later.
CREATE FUNCTION ledger_entry_same_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_transaction WHERE coop_id = NEW.coop_id AND id = NEW.transaction_id
      AND xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'ledger transaction % is already posted', NEW.transaction_id USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_with_its_transaction AFTER INSERT ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_same_transaction();
