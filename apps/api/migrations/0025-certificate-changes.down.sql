DROP TABLE batch_repair;
DROP TABLE issuer_key;
DROP TABLE certificate_replacement;
DROP TABLE withdrawn_certificate;
DROP TABLE withdrawal;
DROP TABLE certificate_claim;
DELETE FROM chain_call WHERE state = 'given_up';
ALTER TABLE chain_call DROP CONSTRAINT chain_call_state;
ALTER TABLE chain_call ADD CONSTRAINT chain_call_state
  CHECK (state IN ('queued', 'submitted', 'included', 'final', 'failed'));
