-- The address under which a co-op issues, on one chain and contract, and the domain that it names there.
CREATE TABLE issuer (
  coop_id uuid NOT NULL,
  chain_id bigint NOT NULL,
  contract text NOT NULL,
  address text NOT NULL,
  domain text NOT NULL,
  signer text NOT NULL,
  publisher text NOT NULL,
  ready_at timestamptz,
  CONSTRAINT issuer_pkey PRIMARY KEY (coop_id),
  CONSTRAINT issuer_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);

-- The outbox of calls to the chain. `payer` says whose key sends; `sender` is its address once a nonce is given.
CREATE TABLE chain_call (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  purpose text NOT NULL,
  subject_id uuid NOT NULL,
  payer text NOT NULL,
  target text NOT NULL,
  data text NOT NULL,
  value numeric(78) NOT NULL DEFAULT 0,
  state text NOT NULL,
  sender text,
  nonce bigint,
  transaction_hash text,
  block_number bigint,
  block_hash text,
  error text,
  reverts integer NOT NULL DEFAULT 0,
  queued_at timestamptz NOT NULL,
  submitted_at timestamptz,
  final_at timestamptz,
  -- Real time of the last try: retries do not follow the clock port.
  touched_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT chain_call_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT chain_call_purpose_once UNIQUE (coop_id, purpose, subject_id),
  CONSTRAINT chain_call_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT chain_call_payer CHECK (payer IN ('issuer', 'gas')),
  CONSTRAINT chain_call_state CHECK (state IN ('queued', 'submitted', 'included', 'final', 'failed')),
  CONSTRAINT chain_call_submitted_has_nonce CHECK (state <> 'submitted' OR (sender IS NOT NULL AND nonce IS NOT NULL)),
  CONSTRAINT chain_call_included_in_block CHECK (state NOT IN ('included', 'final') OR (block_number IS NOT NULL AND block_hash IS NOT NULL))
);
CREATE INDEX chain_call_undone ON chain_call (queued_at) WHERE state IN ('queued', 'submitted', 'included');
CREATE INDEX chain_call_newest_final ON chain_call (block_number) WHERE state = 'final';

-- Every signed transaction of a call, stored before it is sent, so that a crash sends the identical one again.
CREATE TABLE chain_transaction (
  coop_id uuid NOT NULL,
  hash text NOT NULL,
  call_id uuid NOT NULL,
  sender text NOT NULL,
  nonce bigint NOT NULL,
  raw text NOT NULL,
  gas numeric(78) NOT NULL,
  max_fee_per_gas numeric(78) NOT NULL,
  max_priority_fee_per_gas numeric(78) NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT chain_transaction_pkey PRIMARY KEY (coop_id, hash),
  CONSTRAINT chain_transaction_call FOREIGN KEY (coop_id, call_id) REFERENCES chain_call (coop_id, id)
);
CREATE INDEX chain_transaction_by_call ON chain_transaction (coop_id, call_id, signed_at);

-- Global: one row per paying address; its lock is what gives each nonce once.
CREATE TABLE chain_sender (
  address text NOT NULL,
  next_nonce bigint NOT NULL,
  CONSTRAINT chain_sender_pkey PRIMARY KEY (address)
);
