-- Since when the nodes that answer hold the block of a call safe; between being in a block and being final.
ALTER TABLE chain_call ADD COLUMN safe_at timestamptz;
UPDATE chain_call SET safe_at = final_at WHERE state = 'final';
ALTER TABLE chain_call ADD CONSTRAINT chain_call_safe_in_block CHECK (safe_at IS NULL OR state IN ('included', 'final'));

-- For how many days after its anchoring a claim needs the co-signature; chosen when the run opens, 0 for never.
ALTER TABLE edition_drop ADD COLUMN cosign_days smallint NOT NULL DEFAULT 0;
ALTER TABLE edition_drop ADD CONSTRAINT edition_drop_cosign_days CHECK (cosign_days BETWEEN 0 AND 180);

ALTER TABLE issuer_key DROP CONSTRAINT issuer_key_purpose;
ALTER TABLE issuer_key ADD CONSTRAINT issuer_key_purpose CHECK (purpose IN ('signer', 'publisher', 'cosigner'));

-- Whether a key may be retired is asked every few seconds.
CREATE INDEX certificate_by_batch_and_signer ON certificate (coop_id, batch_id, signer);
DROP INDEX certificate_by_batch;
CREATE INDEX anchor_batch_not_anchored ON anchor_batch (coop_id, edition_id) WHERE state <> 'anchored';
