ALTER TABLE round_request DROP CONSTRAINT round_request_beyond_quota;
ALTER TABLE round_request DROP COLUMN beyond_quota;
DROP INDEX capacity_round_due;
CREATE INDEX capacity_round_due ON capacity_round (deadline_at) WHERE state <> 'drawn';
ALTER TABLE capacity_round DROP CONSTRAINT capacity_round_digest;
-- Before, a round either awaits its draw or has had it; one that was called off goes with its slots and requests.
DELETE FROM round_request AS request USING capacity_round AS round
 WHERE round.coop_id = request.coop_id AND round.id = request.round_id AND round.state = 'called_off';
DELETE FROM round_slot AS slot USING capacity_round AS round
 WHERE round.coop_id = slot.coop_id AND round.id = slot.round_id AND round.state = 'called_off';
UPDATE booking SET round_id = NULL FROM capacity_round AS round
 WHERE round.coop_id = booking.coop_id AND round.id = booking.round_id AND round.state = 'called_off';
DELETE FROM capacity_round WHERE state = 'called_off';
ALTER TABLE capacity_round ADD CONSTRAINT capacity_round_digest CHECK ((requests_digest IS NULL) = (state = 'open'));
ALTER TABLE capacity_round DROP CONSTRAINT capacity_round_state;
ALTER TABLE capacity_round ADD CONSTRAINT capacity_round_state CHECK (state IN ('open', 'closed', 'drawn'));
