-- A round can be called off before its deadline, and a quota binds in its draw.
ALTER TABLE capacity_round DROP CONSTRAINT capacity_round_state;
ALTER TABLE capacity_round ADD CONSTRAINT capacity_round_state CHECK (state IN ('open', 'closed', 'drawn', 'called_off'));
ALTER TABLE capacity_round DROP CONSTRAINT capacity_round_digest;
ALTER TABLE capacity_round ADD CONSTRAINT capacity_round_digest
  CHECK ((requests_digest IS NULL) = (state IN ('open', 'called_off')));
DROP INDEX capacity_round_due;
CREATE INDEX capacity_round_due ON capacity_round (deadline_at) WHERE state IN ('open', 'closed');

-- What the member's quota had no minutes for at the deadline: a choice, or both together.
ALTER TABLE round_request ADD COLUMN beyond_quota text[] NOT NULL DEFAULT '{}';
ALTER TABLE round_request ADD CONSTRAINT round_request_beyond_quota
  CHECK (beyond_quota <@ ARRAY['first', 'second', 'both']);
