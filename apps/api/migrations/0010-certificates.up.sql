CREATE TABLE anchor_batch (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  edition_id uuid NOT NULL,
  first_serial integer NOT NULL,
  unit_count integer NOT NULL,
  root text NOT NULL,
  cosign_until timestamptz NOT NULL,
  state text NOT NULL,
  publisher_signature text,
  -- Why the publisher would not sign, for people.
  refusal text,
  proposed_at timestamptz NOT NULL,
  anchored_at timestamptz,
  CONSTRAINT anchor_batch_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT anchor_batch_place_once UNIQUE (coop_id, edition_id, first_serial),
  CONSTRAINT anchor_batch_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT anchor_batch_state CHECK (state IN ('proposed', 'signed', 'anchored', 'refused')),
  CONSTRAINT anchor_batch_count CHECK (unit_count > 0 AND first_serial > 0),
  CONSTRAINT anchor_batch_signed CHECK (state NOT IN ('signed', 'anchored') OR publisher_signature IS NOT NULL),
  CONSTRAINT anchor_batch_anchored CHECK ((state = 'anchored') = (anchored_at IS NOT NULL)),
  CONSTRAINT anchor_batch_refused CHECK ((state = 'refused') = (refusal IS NOT NULL))
);
CREATE INDEX anchor_batch_undone ON anchor_batch (proposed_at) WHERE state IN ('proposed', 'signed');

CREATE TABLE certificate (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  unit_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  serial integer NOT NULL,
  batch_id uuid,
  token_id text NOT NULL,
  document text NOT NULL,
  document_root text NOT NULL,
  claim_key text NOT NULL,
  sealed_claim_key bytea NOT NULL,
  digest text NOT NULL,
  leaf text NOT NULL,
  signer text NOT NULL,
  signature text NOT NULL,
  issued_at timestamptz NOT NULL,
  CONSTRAINT certificate_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT certificate_unit_once UNIQUE (coop_id, unit_id),
  CONSTRAINT certificate_serial_once UNIQUE (coop_id, edition_id, serial),
  CONSTRAINT certificate_unit FOREIGN KEY (coop_id, unit_id) REFERENCES unit (coop_id, id),
  CONSTRAINT certificate_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT certificate_batch FOREIGN KEY (coop_id, batch_id) REFERENCES anchor_batch (coop_id, id)
);
-- Looked up by what is printed or shown, which names no co-op.
CREATE INDEX certificate_by_id ON certificate (id);
CREATE INDEX certificate_by_token ON certificate (token_id);
CREATE INDEX certificate_by_batch ON certificate (coop_id, batch_id);
CREATE INDEX certificate_unbatched ON certificate (coop_id, edition_id, serial) WHERE batch_id IS NULL;
