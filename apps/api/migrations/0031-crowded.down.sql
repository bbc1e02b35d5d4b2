ALTER TABLE booking DROP COLUMN crowded;
