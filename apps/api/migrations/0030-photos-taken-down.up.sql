-- A photo that was taken down: its bytes are gone, and what it was stays, since certificates name its digest.
ALTER TABLE photo ALTER COLUMN bytes DROP NOT NULL;
ALTER TABLE photo ADD COLUMN taken_down_at timestamptz;
ALTER TABLE photo ADD COLUMN taken_down_by uuid;
ALTER TABLE photo ADD COLUMN taken_down_why text;
ALTER TABLE photo ADD CONSTRAINT photo_taken_down_by
  FOREIGN KEY (coop_id, taken_down_by) REFERENCES membership (coop_id, account_id);
ALTER TABLE photo ADD CONSTRAINT photo_taken_down CHECK (
  num_nulls(bytes, taken_down_at) = 1 AND num_nulls(taken_down_at, taken_down_by, taken_down_why) IN (0, 3)
  AND char_length(taken_down_why) BETWEEN 1 AND 500);
