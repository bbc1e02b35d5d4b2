DROP INDEX anchor_batch_not_anchored;
CREATE INDEX certificate_by_batch ON certificate (coop_id, batch_id);
DROP INDEX certificate_by_batch_and_signer;
DELETE FROM issuer_key WHERE purpose = 'cosigner';
ALTER TABLE issuer_key DROP CONSTRAINT issuer_key_purpose;
ALTER TABLE issuer_key ADD CONSTRAINT issuer_key_purpose CHECK (purpose IN ('signer', 'publisher'));
ALTER TABLE edition_drop DROP COLUMN cosign_days;
ALTER TABLE chain_call DROP COLUMN safe_at;
