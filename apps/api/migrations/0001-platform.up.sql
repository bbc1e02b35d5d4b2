-- Exclusion constraints over (co-op, station, window) need equality on uuid in GiST.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The clock port: database time plus a step, or a frozen moment in tests. Production keeps it empty.
CREATE TABLE clock_offset (
  id boolean NOT NULL DEFAULT true,
  step interval NOT NULL DEFAULT '0',
  frozen_at timestamptz,
  CONSTRAINT clock_offset_pkey PRIMARY KEY (id),
  CONSTRAINT clock_offset_single CHECK (id)
);

-- Milliseconds, so that a time survives the trip through JavaScript unchanged.
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT date_trunc('milliseconds', coalesce(
    (SELECT coalesce(frozen_at, clock_timestamp() + step) FROM clock_offset), clock_timestamp()))
$$;

CREATE FUNCTION clock_offset_notify() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('clock_stepped', '');
  RETURN NULL;
END $$;

CREATE TRIGGER clock_offset_stepped AFTER INSERT OR UPDATE OR DELETE ON clock_offset
  FOR EACH STATEMENT EXECUTE FUNCTION clock_offset_notify();

CREATE TABLE request (
  actor_id uuid NOT NULL,
  operation text NOT NULL,
  request_id uuid NOT NULL,
  input_hash bytea NOT NULL,
  subject_id uuid NOT NULL,
  CONSTRAINT request_pkey PRIMARY KEY (actor_id, operation, request_id)
);

CREATE TABLE rate_limit (
  key text NOT NULL,
  window_start timestamptz NOT NULL,
  taken integer NOT NULL,
  CONSTRAINT rate_limit_pkey PRIMARY KEY (key, window_start)
);
