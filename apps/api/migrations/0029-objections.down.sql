-- What was voided is gone from the chain for good: its serials wait for a batch as if they had never had one.
UPDATE certificate SET batch_id = NULL
  WHERE (coop_id, batch_id) IN (SELECT coop_id, id FROM anchor_batch WHERE state = 'voided');
DROP TABLE batch_void;
DELETE FROM batch_repair WHERE (coop_id, batch_id) IN (SELECT coop_id, id FROM anchor_batch WHERE state = 'voided');
DELETE FROM anchor_batch WHERE state = 'voided';
DROP INDEX anchor_batch_of_edition;
DROP INDEX anchor_batch_place_once;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_place_once UNIQUE (coop_id, edition_id, first_serial);
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_anchored;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_anchored CHECK ((state = 'anchored') = (anchored_at IS NOT NULL));
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_signed;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_signed
  CHECK (state NOT IN ('signed', 'anchored') OR publisher_signature IS NOT NULL);
ALTER TABLE anchor_batch DROP CONSTRAINT anchor_batch_state;
ALTER TABLE anchor_batch ADD CONSTRAINT anchor_batch_state CHECK (state IN ('proposed', 'signed', 'anchored', 'refused'));
ALTER TABLE edition_drop DROP CONSTRAINT edition_drop_cosign_after_objection;
ALTER TABLE edition_drop DROP COLUMN objection_days;
