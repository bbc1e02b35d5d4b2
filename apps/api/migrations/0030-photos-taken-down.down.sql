-- What was taken down has no bytes to give back; the table of before holds none without.
DELETE FROM production_photo p USING photo f
  WHERE f.coop_id = p.coop_id AND f.sha256 = p.sha256 AND f.bytes IS NULL;
DELETE FROM photo WHERE bytes IS NULL;
ALTER TABLE photo DROP CONSTRAINT photo_taken_down;
ALTER TABLE photo DROP CONSTRAINT photo_taken_down_by;
ALTER TABLE photo DROP COLUMN taken_down_why;
ALTER TABLE photo DROP COLUMN taken_down_by;
ALTER TABLE photo DROP COLUMN taken_down_at;
ALTER TABLE photo ALTER COLUMN bytes SET NOT NULL;
