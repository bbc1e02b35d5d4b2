CREATE TABLE workshop (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  address text NOT NULL,
  time_zone text NOT NULL,
  CONSTRAINT workshop_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT workshop_coop FOREIGN KEY (coop_id) REFERENCES coop (id)
);

CREATE TABLE cell (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  workshop_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  grid_minutes integer NOT NULL,
  max_minutes integer NOT NULL,
  hourly_rate_minor bigint NOT NULL,
  CONSTRAINT cell_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT cell_workshop FOREIGN KEY (coop_id, workshop_id) REFERENCES workshop (coop_id, id),
  CONSTRAINT cell_kind_form CHECK (kind ~ '^[a-z][a-z0-9-]{0,31}$'),
  CONSTRAINT cell_grid_divides_day CHECK (grid_minutes BETWEEN 5 AND 240 AND 1440 % grid_minutes = 0),
  CONSTRAINT cell_max_on_grid CHECK (max_minutes BETWEEN grid_minutes AND 1440 AND max_minutes % grid_minutes = 0),
  CONSTRAINT cell_rate_range CHECK (hourly_rate_minor BETWEEN 0 AND 100000000)
);
CREATE INDEX cell_by_workshop ON cell (coop_id, workshop_id);
CREATE INDEX cell_by_kind ON cell (coop_id, kind);

CREATE TABLE station (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  cell_id uuid NOT NULL,
  number integer NOT NULL,
  CONSTRAINT station_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT station_number_once UNIQUE (coop_id, cell_id, number),
  CONSTRAINT station_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id)
);

CREATE TABLE opening_hours (
  coop_id uuid NOT NULL,
  workshop_id uuid NOT NULL,
  weekday integer NOT NULL,
  from_minute integer NOT NULL,
  to_minute integer NOT NULL,
  CONSTRAINT opening_hours_pkey PRIMARY KEY (coop_id, workshop_id, weekday, from_minute),
  CONSTRAINT opening_hours_workshop FOREIGN KEY (coop_id, workshop_id) REFERENCES workshop (coop_id, id),
  CONSTRAINT opening_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
  CONSTRAINT opening_hours_range CHECK (from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440)
);

CREATE TABLE closure (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  workshop_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  reason text NOT NULL,
  CONSTRAINT closure_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT closure_workshop FOREIGN KEY (coop_id, workshop_id) REFERENCES workshop (coop_id, id),
  CONSTRAINT closure_range CHECK (from_at < to_at)
);
CREATE INDEX closure_by_end ON closure (coop_id, workshop_id, to_at);
