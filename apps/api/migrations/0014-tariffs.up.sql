-- A tariff as it was set, of a whole co-op (no cell) or of one cell; the latest that is valid counts. Never changed: what
-- somebody paid a year ago can be worked out again.
CREATE TABLE tariff (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  cell_id uuid,
  valid_from timestamptz NOT NULL,
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL,
  -- As @touchmark/pricing reads it; null takes the tariff away.
  content jsonb,
  CONSTRAINT tariff_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT tariff_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT tariff_set_by FOREIGN KEY (coop_id, set_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT tariff_never_back_dated CHECK (valid_from >= set_at),
  CONSTRAINT tariff_content_form CHECK (content IS NULL OR jsonb_typeof(content) = 'object')
);
CREATE INDEX tariff_by_cell ON tariff (coop_id, cell_id, valid_from, id);

CREATE FUNCTION tariff_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tariff is append-only: set another one instead' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER tariff_append_only BEFORE UPDATE OR DELETE ON tariff
  FOR EACH ROW EXECUTE FUNCTION tariff_append_only();
CREATE TRIGGER tariff_no_truncate BEFORE TRUNCATE ON tariff
  FOR EACH STATEMENT EXECUTE FUNCTION tariff_append_only();
