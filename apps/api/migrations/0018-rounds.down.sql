ALTER TABLE booking DROP CONSTRAINT booking_of_round;
ALTER TABLE round_slot DROP CONSTRAINT round_slot_winner;
DROP TABLE round_request;
DROP TABLE round_slot;
DROP TABLE capacity_round;
