DROP TABLE quality_record;
DROP TABLE unit;
ALTER TABLE booking DROP CONSTRAINT booking_operation;
DROP TABLE run_operation;
DROP TABLE run_lot;
DROP TABLE run;
