-- The address under which a co-op issues, on one chain and contract.
CREATE TABLE issuer (
  coop_id uuid NOT NULL,
  chain_id bigint NOT NULL,
  contract text NOT NULL,
  address text NOT NULL,
  signer text NOT NULL,
  publisher text NOT NULL,
  ready_at timestamptz,
  CONSTRAINT issuer_pkey PRIMARY KEY (coop_id),
  CONSTRAINT issuer_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);

-- The outbox of calls to the chain. `sender` is the address that pays and whose nonce is used.
CREATE TABLE chain_call (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  purpose text NOT NULL,
  subject_id uuid NOT NULL,
  sender text NOT NULL,
  target text NOT NULL,
  data text NOT NULL,
  state text NOT NULL,
  nonce bigint,
  transaction_hash text,
  block_number bigint,
  block_hash text,
  error text,
  queued_at timestamptz NOT NULL,
  submitted_at timestamptz,
  final_at timestamptz,
  CONSTRAINT chain_call_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT chain_call_purpose_once UNIQUE (coop_id, purpose, subject_id),
  CONSTRAINT chain_call_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT chain_call_state CHECK (state IN ('queued', 'submitted', 'included', 'final', 'failed')),
  CONSTRAINT chain_call_included_in_block CHECK (state NOT IN ('included', 'final') OR block_hash IS NOT NULL)
);
CREATE INDEX chain_call_undone ON chain_call (queued_at) WHERE state IN ('queued', 'submitted', 'included');

-- Global: one row per paying address; its lock is what gives each nonce once.
CREATE TABLE chain_sender (
  address text NOT NULL,
  next_nonce bigint NOT NULL,
  CONSTRAINT chain_sender_pkey PRIMARY KEY (address)
);
