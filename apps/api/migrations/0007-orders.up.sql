-- `drop` is a reserved word, so the table of drops is called after what a drop is.
CREATE TABLE edition_drop (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  edition_id uuid NOT NULL,
  state text NOT NULL,
  size integer NOT NULL,
  minimum_units integer NOT NULL DEFAULT 0,
  units_held integer NOT NULL DEFAULT 0,
  units_sold integer NOT NULL DEFAULT 0,
  requested_at timestamptz NOT NULL,
  opened_at timestamptz,
  closes_at timestamptz NOT NULL,
  closed_at timestamptz,
  CONSTRAINT edition_drop_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT edition_drop_once UNIQUE (coop_id, edition_id),
  CONSTRAINT edition_drop_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT edition_drop_state CHECK (state IN ('opening', 'open', 'locked', 'refunded')),
  CONSTRAINT edition_drop_minimum CHECK (minimum_units BETWEEN 0 AND size),
  CONSTRAINT edition_drop_units CHECK (units_held >= 0 AND units_sold >= 0),
  CONSTRAINT edition_drop_no_oversell CHECK (units_held + units_sold <= size)
);
CREATE INDEX edition_drop_newest ON edition_drop (coop_id, requested_at, id);
CREATE INDEX edition_drop_due ON edition_drop (closes_at) WHERE state = 'open';

-- awaiting_payment holds units; paid has sold them; kept is a sale; the rest are ended and hold nothing.
CREATE TABLE sale_order (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  drop_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  buyer_id uuid NOT NULL,
  quantity integer NOT NULL,
  unit_price_minor bigint NOT NULL,
  amount_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL DEFAULT 0,
  currency text NOT NULL,
  state text NOT NULL,
  placed_at timestamptz NOT NULL,
  pay_by timestamptz NOT NULL,
  handed_over_at timestamptz,
  CONSTRAINT sale_order_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT sale_order_drop FOREIGN KEY (coop_id, drop_id) REFERENCES edition_drop (coop_id, id),
  CONSTRAINT sale_order_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT sale_order_buyer FOREIGN KEY (buyer_id) REFERENCES account (id),
  CONSTRAINT sale_order_state CHECK (state IN ('awaiting_payment', 'paid', 'declined', 'expired', 'kept', 'refunded', 'handed_over')),
  CONSTRAINT sale_order_quantity CHECK (quantity BETWEEN 1 AND 1000),
  CONSTRAINT sale_order_amount CHECK (amount_minor = unit_price_minor * quantity),
  CONSTRAINT sale_order_refund_within CHECK (refunded_minor BETWEEN 0 AND amount_minor)
);
CREATE INDEX sale_order_by_drop ON sale_order (coop_id, drop_id, id);
CREATE INDEX sale_order_by_buyer ON sale_order (buyer_id, placed_at, id);
CREATE INDEX sale_order_unpaid ON sale_order (pay_by) WHERE state = 'awaiting_payment';

CREATE TABLE payment (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  order_id uuid NOT NULL,
  provider text NOT NULL,
  method text NOT NULL,
  provider_reference text,
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  state text NOT NULL,
  requested_at timestamptz NOT NULL,
  settled_at timestamptz,
  CONSTRAINT payment_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT payment_order_once UNIQUE (coop_id, order_id),
  CONSTRAINT payment_order FOREIGN KEY (coop_id, order_id) REFERENCES sale_order (coop_id, id),
  CONSTRAINT payment_state CHECK (state IN ('requested', 'pending', 'captured', 'declined'))
);
CREATE INDEX payment_undone ON payment (requested_at) WHERE state IN ('requested', 'pending');

CREATE TABLE refund (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  order_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  amount_minor bigint NOT NULL,
  reason text NOT NULL,
  state text NOT NULL,
  requested_at timestamptz NOT NULL,
  settled_at timestamptz,
  CONSTRAINT refund_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT refund_order FOREIGN KEY (coop_id, order_id) REFERENCES sale_order (coop_id, id),
  CONSTRAINT refund_payment FOREIGN KEY (coop_id, payment_id) REFERENCES payment (coop_id, id),
  CONSTRAINT refund_amount CHECK (amount_minor > 0),
  CONSTRAINT refund_reason CHECK (reason IN ('minimum_not_met', 'late_capture', 'failed_unit')),
  CONSTRAINT refund_state CHECK (state IN ('requested', 'settled'))
);
CREATE INDEX refund_by_order ON refund (coop_id, order_id);
CREATE INDEX refund_undone ON refund (requested_at) WHERE state = 'requested';

-- The books of the built-in sandbox provider, which stands outside the product like any other provider. Global.
CREATE TABLE sandbox_charge (
  idempotency_key text NOT NULL,
  reference uuid NOT NULL DEFAULT uuidv7(),
  amount_minor bigint NOT NULL,
  currency text NOT NULL,
  state text NOT NULL,
  due_at timestamptz,
  refunded_minor bigint NOT NULL DEFAULT 0,
  CONSTRAINT sandbox_charge_pkey PRIMARY KEY (idempotency_key),
  CONSTRAINT sandbox_charge_reference_once UNIQUE (reference),
  CONSTRAINT sandbox_charge_state CHECK (state IN ('pending', 'captured', 'declined')),
  CONSTRAINT sandbox_charge_refund_within CHECK (refunded_minor BETWEEN 0 AND amount_minor)
);
CREATE INDEX sandbox_charge_due ON sandbox_charge (due_at) WHERE state = 'pending';

CREATE TABLE sandbox_refund (
  idempotency_key text NOT NULL,
  reference uuid NOT NULL,
  amount_minor bigint NOT NULL,
  CONSTRAINT sandbox_refund_pkey PRIMARY KEY (idempotency_key),
  CONSTRAINT sandbox_refund_charge FOREIGN KEY (reference) REFERENCES sandbox_charge (reference)
);
