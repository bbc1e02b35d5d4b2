-- A call that the contract will never take is given up by whoever asked for it; nothing of it was ever in a block.
ALTER TABLE chain_call DROP CONSTRAINT chain_call_state;
ALTER TABLE chain_call ADD CONSTRAINT chain_call_state
  CHECK (state IN ('queued', 'submitted', 'included', 'final', 'failed', 'given_up'));

-- A claim that the co-op relays: the piece's own key signed who shall receive the token.
CREATE TABLE certificate_claim (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  certificate_id uuid NOT NULL,
  recipient text NOT NULL,
  deadline timestamptz NOT NULL,
  signature text NOT NULL,
  state text NOT NULL,
  -- Why the contract would not take it, for people.
  problem text,
  requested_at timestamptz NOT NULL,
  claimed_at timestamptz,
  CONSTRAINT certificate_claim_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT certificate_claim_certificate FOREIGN KEY (coop_id, certificate_id) REFERENCES certificate (coop_id, id),
  CONSTRAINT certificate_claim_state CHECK (state IN ('relayed', 'claimed', 'given_up')),
  CONSTRAINT certificate_claim_claimed CHECK ((state = 'claimed') = (claimed_at IS NOT NULL)),
  CONSTRAINT certificate_claim_given_up CHECK ((state = 'given_up') = (problem IS NOT NULL))
);
CREATE INDEX certificate_claim_by_id ON certificate_claim (id);
CREATE UNIQUE INDEX certificate_claim_open_once ON certificate_claim (coop_id, certificate_id) WHERE state <> 'given_up';

-- Certificates that the co-op withdrew in one call, and why.
CREATE TABLE withdrawal (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  reason smallint NOT NULL,
  words text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  -- The time of its block.
  recorded_at timestamptz,
  CONSTRAINT withdrawal_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT withdrawal_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT withdrawal_requested_by FOREIGN KEY (requested_by) REFERENCES account (id),
  CONSTRAINT withdrawal_reason CHECK (reason BETWEEN 1 AND 14)
);
CREATE TABLE withdrawn_certificate (
  coop_id uuid NOT NULL,
  certificate_id uuid NOT NULL,
  withdrawal_id uuid NOT NULL,
  CONSTRAINT withdrawn_certificate_pkey PRIMARY KEY (coop_id, certificate_id),
  CONSTRAINT withdrawn_certificate_certificate FOREIGN KEY (coop_id, certificate_id) REFERENCES certificate (coop_id, id),
  CONSTRAINT withdrawn_certificate_withdrawal FOREIGN KEY (coop_id, withdrawal_id) REFERENCES withdrawal (coop_id, id)
);
CREATE INDEX withdrawn_certificate_by_withdrawal ON withdrawn_certificate (coop_id, withdrawal_id);

-- A certificate written anew for a serial that is anchored; in force from the block in which the issuer replaced.
CREATE TABLE certificate_replacement (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  certificate_id uuid NOT NULL,
  reason smallint NOT NULL,
  words text NOT NULL,
  document text NOT NULL,
  document_root text NOT NULL,
  claim_key text NOT NULL,
  -- Null when the claim key stays that of the certificate before.
  sealed_claim_key bytea,
  digest text NOT NULL,
  leaf text NOT NULL,
  signer text NOT NULL,
  signature text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  recorded_at timestamptz,
  given_up text,
  CONSTRAINT certificate_replacement_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT certificate_replacement_certificate FOREIGN KEY (coop_id, certificate_id) REFERENCES certificate (coop_id, id),
  CONSTRAINT certificate_replacement_requested_by FOREIGN KEY (requested_by) REFERENCES account (id),
  CONSTRAINT certificate_replacement_reason CHECK (reason BETWEEN 1 AND 14),
  CONSTRAINT certificate_replacement_given_up CHECK (given_up IS NULL OR recorded_at IS NULL)
);
CREATE INDEX certificate_replacement_of ON certificate_replacement (coop_id, certificate_id, recorded_at);
-- Not unique: when the chain is set back, all that was replaced since is on its way again.
CREATE INDEX certificate_replacement_under_way ON certificate_replacement (coop_id, certificate_id)
  WHERE recorded_at IS NULL AND given_up IS NULL;

-- The keys that an issuer has named on chain, by block time; nothing is dated back.
CREATE TABLE issuer_key (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  purpose text NOT NULL,
  address text NOT NULL,
  requested_at timestamptz NOT NULL,
  valid_from timestamptz,
  retiring_at timestamptz,
  retired_at timestamptz,
  words text,
  CONSTRAINT issuer_key_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT issuer_key_issuer FOREIGN KEY (coop_id) REFERENCES issuer (coop_id),
  CONSTRAINT issuer_key_once UNIQUE (coop_id, purpose, address),
  CONSTRAINT issuer_key_purpose CHECK (purpose IN ('signer', 'publisher')),
  CONSTRAINT issuer_key_retired CHECK (retired_at IS NULL OR retiring_at IS NOT NULL)
);
INSERT INTO issuer_key (coop_id, id, purpose, address, requested_at, valid_from)
  SELECT coop_id, uuidv7(), 'signer', signer, coalesce(ready_at, now()), ready_at FROM issuer
  UNION ALL SELECT coop_id, uuidv7(), 'publisher', publisher, coalesce(ready_at, now()), ready_at FROM issuer;

-- What people decided about a batch that the publisher had refused.
CREATE TABLE batch_repair (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  batch_id uuid NOT NULL,
  refusal text NOT NULL,
  remedy text NOT NULL,
  words text NOT NULL,
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL,
  CONSTRAINT batch_repair_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT batch_repair_batch FOREIGN KEY (coop_id, batch_id) REFERENCES anchor_batch (coop_id, id),
  CONSTRAINT batch_repair_decided_by FOREIGN KEY (decided_by) REFERENCES account (id),
  CONSTRAINT batch_repair_remedy CHECK (remedy IN ('judge_again', 'issue_anew'))
);
CREATE INDEX batch_repair_of_batch ON batch_repair (coop_id, batch_id);
