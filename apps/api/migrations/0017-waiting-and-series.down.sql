ALTER TABLE booking DROP CONSTRAINT booking_of_series;
DROP TABLE booking_series;
DROP TABLE waiting_entry;
