-- Which rule a member's claims were decided by: those made since the class, and the rule, were set.
ALTER TABLE membership ADD COLUMN class_set_at timestamptz;

-- So many minutes in a week or month for a class of members on one kind of cell; '*' is all kinds together.
CREATE TABLE quota_rule (
  coop_id uuid NOT NULL,
  member_class text NOT NULL,
  cell_kind text NOT NULL,
  period text NOT NULL,
  minutes integer NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT quota_rule_pkey PRIMARY KEY (coop_id, member_class, cell_kind, period),
  CONSTRAINT quota_rule_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT quota_rule_period CHECK (period IN ('week', 'month')),
  CONSTRAINT quota_rule_minutes CHECK (minutes BETWEEN 0 AND 44640)
);

-- Minutes for sale; null cell_kind is any kind. What was sold keeps its terms, so a pack is retired, never changed.
CREATE TABLE credit_pack (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  cell_kind text,
  minutes integer NOT NULL,
  price_minor bigint NOT NULL,
  valid_days integer NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  CONSTRAINT credit_pack_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT credit_pack_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT credit_pack_minutes CHECK (minutes BETWEEN 1 AND 1000000),
  CONSTRAINT credit_pack_price CHECK (price_minor BETWEEN 0 AND 100000000),
  CONSTRAINT credit_pack_valid CHECK (valid_days BETWEEN 1 AND 1830)
);

-- A pack as a member bought it. What is spent and recognised are running totals of its confirmed uses.
CREATE TABLE credit_grant (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  pack_id uuid NOT NULL,
  account_id uuid NOT NULL,
  cell_kind text,
  minutes integer NOT NULL,
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  bought_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  spent_minutes integer NOT NULL DEFAULT 0,
  recognised_minor bigint NOT NULL DEFAULT 0,
  closed_at timestamptz,
  CONSTRAINT credit_grant_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT credit_grant_pack FOREIGN KEY (coop_id, pack_id) REFERENCES credit_pack (coop_id, id),
  CONSTRAINT credit_grant_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT credit_grant_spent CHECK (spent_minutes BETWEEN 0 AND minutes),
  CONSTRAINT credit_grant_recognised CHECK (recognised_minor BETWEEN 0 AND price_minor),
  CONSTRAINT credit_grant_closed_at_expiry CHECK (closed_at >= expires_at)
);
CREATE INDEX credit_grant_by_member ON credit_grant (coop_id, account_id, id);
CREATE INDEX credit_grant_open ON credit_grant (coop_id, account_id, expires_at) WHERE closed_at IS NULL;
CREATE INDEX credit_grant_by_expiry ON credit_grant (expires_at) WHERE closed_at IS NULL;

-- Minutes of a grant in a claim. Reserved ones count as long as the hold lives: nothing is written when it lapses.
CREATE TABLE credit_use (
  coop_id uuid NOT NULL,
  grant_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  minutes integer NOT NULL,
  state text NOT NULL DEFAULT 'reserved',
  CONSTRAINT credit_use_pkey PRIMARY KEY (coop_id, grant_id, booking_id),
  CONSTRAINT credit_use_grant FOREIGN KEY (coop_id, grant_id) REFERENCES credit_grant (coop_id, id),
  CONSTRAINT credit_use_booking FOREIGN KEY (coop_id, booking_id) REFERENCES booking (coop_id, id),
  CONSTRAINT credit_use_minutes CHECK (minutes > 0),
  CONSTRAINT credit_use_state CHECK (state IN ('reserved', 'spent', 'returned'))
);
CREATE INDEX credit_use_by_booking ON credit_use (coop_id, booking_id);

-- The live claims of a member around a day, for what they take of a quota.
CREATE INDEX booking_by_member_start ON booking (coop_id, account_id, lower(during))
  WHERE ended_at IS NULL AND account_id IS NOT NULL;

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind CHECK (kind IN ('booking_charged', 'booking_credited',
  'deposit_received', 'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed',
  'booking_adjusted', 'credits_sold', 'credits_used', 'credits_returned', 'credits_expired'));
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account CHECK (account IN ('cash', 'customer_deposits', 'earned',
  'payable', 'coop_fee', 'member_receivable', 'booking_revenue', 'prepaid_credits'));
