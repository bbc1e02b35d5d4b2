-- Brands reach the exchange by API key.
ALTER TABLE api_key DROP CONSTRAINT api_key_scopes_known;
ALTER TABLE api_key ADD CONSTRAINT api_key_scopes_known
  CHECK (scopes <@ ARRAY['capacity:read', 'catalog:read', 'orders:write', 'exchange:read', 'exchange:write'] AND cardinality(scopes) > 0);

-- Global: the brand that acts for a provider by API key; its books are then the books of that provider.
CREATE TABLE provider_brand (
  brand_id uuid NOT NULL,
  coop_id uuid NOT NULL,
  since timestamptz NOT NULL,
  CONSTRAINT provider_brand_pkey PRIMARY KEY (brand_id),
  CONSTRAINT provider_brand_account FOREIGN KEY (brand_id) REFERENCES account (id),
  CONSTRAINT provider_brand_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);
CREATE INDEX provider_brand_by_coop ON provider_brand (coop_id);

CREATE TABLE offer (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  version integer NOT NULL,
  published_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  CONSTRAINT offer_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT offer_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT offer_version_from_one CHECK (version >= 1)
);
CREATE INDEX offer_published ON offer (published_at, id) WHERE withdrawn_at IS NULL;

-- Terms never change: a revision is a new row, and quotes keep the one that they were made by.
CREATE TABLE offer_version (
  coop_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  version integer NOT NULL,
  title text NOT NULL,
  kinds_of_work text[] NOT NULL,
  materials text[] NOT NULL,
  lead_time text NOT NULL,
  lead_hours integer NOT NULL,
  firm_hours integer NOT NULL,
  steps jsonb NOT NULL,
  prices jsonb NOT NULL,
  windows jsonb NOT NULL,
  refund jsonb NOT NULL,
  input_schema text NOT NULL,
  currency text NOT NULL,
  written_by uuid NOT NULL,
  written_at timestamptz NOT NULL,
  CONSTRAINT offer_version_pkey PRIMARY KEY (coop_id, offer_id, version),
  CONSTRAINT offer_version_offer FOREIGN KEY (coop_id, offer_id) REFERENCES offer (coop_id, id),
  CONSTRAINT offer_version_author FOREIGN KEY (written_by) REFERENCES account (id),
  CONSTRAINT offer_version_hours CHECK (lead_hours BETWEEN 0 AND 720 AND firm_hours BETWEEN 0 AND 720)
);

-- What kinds of work the offers that stand are for: the list of the marketplace by kind.
CREATE TABLE offer_kind (
  coop_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  kind text NOT NULL,
  published_at timestamptz NOT NULL,
  CONSTRAINT offer_kind_pkey PRIMARY KEY (coop_id, offer_id, kind),
  CONSTRAINT offer_kind_offer FOREIGN KEY (coop_id, offer_id) REFERENCES offer (coop_id, id)
);
CREATE INDEX offer_kind_by_kind ON offer_kind (kind, published_at, offer_id);

CREATE TABLE service_quote (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  offer_id uuid NOT NULL,
  version integer NOT NULL,
  buyer_coop_id uuid,
  buyer_brand_id uuid,
  asked_by uuid NOT NULL,
  units integer NOT NULL,
  input text NOT NULL,
  wanted_by timestamptz,
  price_lines jsonb NOT NULL,
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  promised_at timestamptz NOT NULL,
  asked_at timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  CONSTRAINT service_quote_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT service_quote_offer FOREIGN KEY (coop_id, offer_id, version) REFERENCES offer_version (coop_id, offer_id, version),
  CONSTRAINT service_quote_buyer_coop FOREIGN KEY (buyer_coop_id) REFERENCES coop (id),
  CONSTRAINT service_quote_buyer_brand FOREIGN KEY (buyer_brand_id) REFERENCES account (id),
  CONSTRAINT service_quote_asker FOREIGN KEY (asked_by) REFERENCES account (id),
  CONSTRAINT service_quote_has_buyer CHECK (num_nonnulls(buyer_coop_id, buyer_brand_id) >= 1 AND buyer_coop_id IS DISTINCT FROM coop_id),
  CONSTRAINT service_quote_units CHECK (units BETWEEN 1 AND 1000000),
  CONSTRAINT service_quote_price CHECK (price_minor > 0),
  CONSTRAINT service_quote_valid CHECK (valid_until > asked_at AND promised_at > valid_until)
);

CREATE TABLE service_order (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  quote_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  version integer NOT NULL,
  buyer_coop_id uuid,
  buyer_brand_id uuid,
  state text NOT NULL,
  units integer NOT NULL,
  price_minor bigint NOT NULL,
  refunded_minor bigint NOT NULL DEFAULT 0,
  currency text NOT NULL,
  promised_at timestamptz NOT NULL,
  accepted_by uuid NOT NULL,
  accepted_at timestamptz NOT NULL,
  ready_at timestamptz,
  passed integer,
  failed integer,
  CONSTRAINT service_order_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT service_order_quote_once UNIQUE (coop_id, quote_id),
  CONSTRAINT service_order_quote FOREIGN KEY (coop_id, quote_id) REFERENCES service_quote (coop_id, id),
  CONSTRAINT service_order_offer FOREIGN KEY (coop_id, offer_id, version) REFERENCES offer_version (coop_id, offer_id, version),
  CONSTRAINT service_order_buyer_coop FOREIGN KEY (buyer_coop_id) REFERENCES coop (id),
  CONSTRAINT service_order_buyer_brand FOREIGN KEY (buyer_brand_id) REFERENCES account (id),
  CONSTRAINT service_order_accepter FOREIGN KEY (accepted_by) REFERENCES account (id),
  CONSTRAINT service_order_has_buyer CHECK (num_nonnulls(buyer_coop_id, buyer_brand_id) >= 1 AND buyer_coop_id IS DISTINCT FROM coop_id),
  CONSTRAINT service_order_state CHECK (state IN ('accepted', 'in_production', 'quality', 'ready', 'handed_over', 'reclaimed',
    'cancelled', 'refunded')),
  CONSTRAINT service_order_refund CHECK (refunded_minor BETWEEN 0 AND price_minor),
  CONSTRAINT service_order_inspected CHECK ((passed IS NULL) = (failed IS NULL) AND passed >= 0 AND failed >= 0 AND passed + failed = units),
  CONSTRAINT service_order_ready CHECK (state NOT IN ('ready', 'handed_over') OR (ready_at IS NOT NULL AND passed IS NOT NULL))
);
CREATE INDEX service_order_sold ON service_order (coop_id, accepted_at, id);
CREATE INDEX service_order_bought ON service_order (buyer_coop_id, accepted_at, id) WHERE buyer_coop_id IS NOT NULL;
CREATE INDEX service_order_bought_by_brand ON service_order (buyer_brand_id, accepted_at, id) WHERE buyer_brand_id IS NOT NULL;
CREATE INDEX service_order_measured ON service_order (coop_id, offer_id, ready_at) WHERE ready_at IS NOT NULL;

CREATE TABLE service_order_event (
  coop_id uuid NOT NULL,
  order_id uuid NOT NULL,
  number integer NOT NULL,
  state text NOT NULL,
  actor_id uuid NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT service_order_event_pkey PRIMARY KEY (coop_id, order_id, number),
  CONSTRAINT service_order_event_order FOREIGN KEY (coop_id, order_id) REFERENCES service_order (coop_id, id)
);

CREATE TABLE service_message (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  order_id uuid NOT NULL,
  side text NOT NULL,
  author_id uuid NOT NULL,
  text text NOT NULL,
  links text[] NOT NULL,
  sent_at timestamptz NOT NULL,
  CONSTRAINT service_message_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT service_message_order FOREIGN KEY (coop_id, order_id) REFERENCES service_order (coop_id, id),
  CONSTRAINT service_message_author FOREIGN KEY (author_id) REFERENCES account (id),
  CONSTRAINT service_message_side CHECK (side IN ('provider', 'buyer'))
);
CREATE INDEX service_message_by_order ON service_message (coop_id, order_id, sent_at, id);

ALTER TABLE booking ADD CONSTRAINT booking_service_order
  FOREIGN KEY (coop_id, service_order_id) REFERENCES service_order (coop_id, id);

-- Which operation of its order a booking is for; operations are the steps of the offer's version, by position from 1.
CREATE TABLE service_booking (
  coop_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  CONSTRAINT service_booking_pkey PRIMARY KEY (coop_id, booking_id),
  CONSTRAINT service_booking_booking FOREIGN KEY (coop_id, booking_id) REFERENCES booking (coop_id, id),
  CONSTRAINT service_booking_order FOREIGN KEY (coop_id, order_id) REFERENCES service_order (coop_id, id)
);
CREATE INDEX service_booking_by_order ON service_booking (coop_id, order_id);

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind CHECK (kind IN ('booking_charged', 'booking_credited',
  'deposit_received', 'deposit_refunded', 'sale_made', 'sale_refunded', 'handed_over', 'hand_over_reversed',
  'booking_adjusted', 'credits_sold', 'credits_used', 'credits_returned', 'credits_expired',
  'service_sold', 'service_bought', 'service_sale_refunded', 'service_purchase_refunded'));
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account CHECK (account IN ('cash', 'customer_deposits', 'earned',
  'payable', 'coop_fee', 'member_receivable', 'booking_revenue', 'prepaid_credits',
  'service_revenue', 'service_cost', 'trade_receivable', 'trade_payable'));
