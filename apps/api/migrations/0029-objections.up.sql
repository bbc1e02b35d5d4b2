-- For how many days after its anchoring the issuer may void a batch, whose claims wait as long; chosen when the sale opens.
ALTER TABLE edition_drop ADD COLUMN objection_days smallint NOT NULL DEFAULT 0;
ALTER TABLE edition_drop ADD CONSTRAINT edition_drop_objection_days CHECK (objection_days BETWEEN 0 AND 7);
-- A co-signature that ends before claims begin is never asked for.
ALTER TABLE edition_drop ADD CONSTRAINT edition_drop_cosign_after_objection
  CHECK (cosign_days = 0 OR cosign_days > objection_days);

-- A voided batch stays as it was anchored, with the time of its block; its serials are free for another batch.
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_state;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_state
  CHECK (state IN ('proposed', 'signed', 'anchored', 'refused', 'voided'));
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_signed;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_signed
  CHECK (state NOT IN ('signed', 'anchored', 'voided') OR publisher_signature IS NOT NULL);
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_anchored;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_anchored
  CHECK ((state IN ('anchored', 'voided')) = (anchored_at IS NOT NULL));
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_place_once;
CREATE UNIQUE INDEX anchor_batch_place_once ON anchor_batch (coop_id, edition_id, first_serial) WHERE state <> 'voided';
CREATE INDEX anchor_batch_of_edition ON anchor_batch (coop_id, edition_id, first_serial);

-- The last batch of an edition on chain that its issuer takes back within the objection time, and why.
CREATE TABLE batch_void (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  -- Null for a batch that was not made here: somebody else held the publisher's key.
  batch_id uuid,
  first_serial integer NOT NULL,
  unit_count integer NOT NULL,
  root text NOT NULL,
  words text NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  -- The time of its block, and when that became final.
  recorded_at timestamptz,
  final_at timestamptz,
  -- Why the chain did not take it, for people.
  given_up text,
  CONSTRAINT batch_void_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT batch_void_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT batch_void_batch FOREIGN KEY (coop_id, batch_id) REFERENCES anchor_batch (coop_id, id),
  CONSTRAINT batch_void_requested_by FOREIGN KEY (requested_by) REFERENCES account (id),
  CONSTRAINT batch_void_given_up CHECK (given_up IS NULL OR recorded_at IS NULL),
  CONSTRAINT batch_void_final CHECK (final_at IS NULL OR recorded_at IS NOT NULL)
);
CREATE INDEX batch_void_of_edition ON batch_void (coop_id, edition_id, id);
CREATE INDEX batch_void_of_batch ON batch_void (coop_id, batch_id);
-- Not unique: when the chain is set back, all that was voided since is on its way again.
CREATE INDEX batch_void_under_way ON batch_void (coop_id, edition_id) WHERE given_up IS NULL AND final_at IS NULL;
