-- A cell's setup families (ink, material, die). A cell without any has no changeovers.
CREATE TABLE setup_family (
  coop_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  name text NOT NULL,
  CONSTRAINT setup_family_pkey PRIMARY KEY (coop_id, cell_id, name),
  CONSTRAINT setup_family_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT setup_family_form CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,31}$')
);

-- The family of whoever names none; set exactly when the cell has families.
ALTER TABLE cell ADD COLUMN default_family text;
ALTER TABLE cell ADD CONSTRAINT cell_default_family
  FOREIGN KEY (coop_id, id, default_family) REFERENCES setup_family (coop_id, cell_id, name);

-- As it was written down; '*' stands for any other family. What is in force is its min-plus closure.
CREATE TABLE changeover (
  coop_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  from_family text NOT NULL,
  to_family text NOT NULL,
  minutes integer NOT NULL,
  cost_minor bigint NOT NULL,
  CONSTRAINT changeover_pkey PRIMARY KEY (coop_id, cell_id, from_family, to_family),
  CONSTRAINT changeover_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT changeover_minutes_range CHECK (minutes BETWEEN 0 AND 1440),
  CONSTRAINT changeover_cost_range CHECK (cost_minor BETWEEN 0 AND 100000000)
);

-- Weekly hours of a cell, or of one station, in the place of the workshop's.
CREATE TABLE own_hours (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  workshop_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  station_id uuid,
  weekday integer NOT NULL,
  from_minute integer NOT NULL,
  to_minute integer NOT NULL,
  CONSTRAINT own_hours_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT own_hours_workshop FOREIGN KEY (coop_id, workshop_id) REFERENCES workshop (coop_id, id),
  CONSTRAINT own_hours_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT own_hours_station FOREIGN KEY (coop_id, station_id) REFERENCES station (coop_id, id),
  CONSTRAINT own_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
  CONSTRAINT own_hours_range CHECK (from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440)
);
CREATE INDEX own_hours_by_workshop ON own_hours (coop_id, workshop_id);

-- A closure of the whole workshop, of a cell, or of one station.
ALTER TABLE closure ADD COLUMN kind text NOT NULL DEFAULT 'closure';
ALTER TABLE closure ADD COLUMN cell_id uuid;
ALTER TABLE closure ADD COLUMN station_id uuid;
ALTER TABLE closure ADD CONSTRAINT closure_kind CHECK (kind IN ('closure', 'holiday', 'maintenance', 'out_of_service'));
ALTER TABLE closure ADD CONSTRAINT closure_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id);
ALTER TABLE closure ADD CONSTRAINT closure_station FOREIGN KEY (coop_id, station_id) REFERENCES station (coop_id, id);
ALTER TABLE closure ADD CONSTRAINT closure_station_in_cell CHECK (station_id IS NULL OR cell_id IS NOT NULL);

-- A claim on a station is its changeover and its window. Windows never move; the start of a claim does, with its neighbour.
ALTER TABLE booking ADD COLUMN claim tstzrange;
UPDATE booking SET claim = during;
ALTER TABLE booking ALTER COLUMN claim SET NOT NULL;
ALTER TABLE booking ADD COLUMN family text;
ALTER TABLE booking ADD COLUMN changeover_minutes integer NOT NULL DEFAULT 0;
-- The frozen quote: [{code, label, minutes, amountMinor}], sums to price_minor.
ALTER TABLE booking ADD COLUMN price_lines jsonb NOT NULL DEFAULT '[]';
-- What its member owes for it as it stands: the price once confirmed, the fee of what was ended, the price of actual minutes.
ALTER TABLE booking ADD COLUMN charged_minor bigint NOT NULL DEFAULT 0;
UPDATE booking SET charged_minor = price_minor WHERE state = 'confirmed' AND account_id IS NOT NULL;
ALTER TABLE booking ADD COLUMN origin text NOT NULL DEFAULT 'member';
UPDATE booking SET origin = 'run' WHERE run_operation_id IS NOT NULL;
ALTER TABLE booking ADD COLUMN extended_at timestamptz;
ALTER TABLE booking ADD COLUMN moved_from uuid;
ALTER TABLE booking ADD COLUMN series_id uuid;
ALTER TABLE booking ADD COLUMN round_id uuid;
ALTER TABLE booking ADD COLUMN service_order_id uuid;

ALTER TABLE booking DROP CONSTRAINT booking_state;
ALTER TABLE booking ADD CONSTRAINT booking_state
  CHECK (state IN ('held', 'confirmed', 'released', 'lapsed', 'cancelled', 'moved', 'no_show'));
ALTER TABLE booking DROP CONSTRAINT booking_one_claimant;
ALTER TABLE booking ADD CONSTRAINT booking_one_claimant
  CHECK (num_nonnulls(account_id, run_operation_id, round_id, service_order_id) = 1);
ALTER TABLE booking ADD CONSTRAINT booking_origin
  CHECK (origin IN ('member', 'series', 'waiting', 'round', 'run', 'service_order'));
ALTER TABLE booking ADD CONSTRAINT booking_claim_ends_with_window
  CHECK (lower_inc(claim) AND NOT upper_inc(claim) AND upper(claim) = upper(during) AND lower(claim) <= lower(during));
ALTER TABLE booking ADD CONSTRAINT booking_changeover_range CHECK (changeover_minutes BETWEEN 0 AND 1440);
ALTER TABLE booking ADD CONSTRAINT booking_moved_from FOREIGN KEY (coop_id, moved_from) REFERENCES booking (coop_id, id);

ALTER TABLE booking DROP CONSTRAINT booking_no_overlap;
ALTER TABLE booking ADD CONSTRAINT booking_no_overlap
  EXCLUDE USING gist (coop_id WITH =, station_id WITH =, claim WITH &&) WHERE (ended_at IS NULL);
-- The neighbour before a moment, however long ago: it says which family is set up.
CREATE INDEX booking_by_station ON booking (coop_id, station_id, lower(during)) WHERE ended_at IS NULL;
CREATE INDEX booking_by_series ON booking (coop_id, series_id) WHERE series_id IS NOT NULL;
CREATE INDEX booking_by_round ON booking (coop_id, round_id) WHERE round_id IS NOT NULL;
CREATE INDEX booking_by_service_order ON booking (coop_id, service_order_id) WHERE service_order_id IS NOT NULL;

-- What happened to claims, numbered while the capacity is locked: the history of a booking and what live calendars read.
CREATE SEQUENCE booking_event_sequence;
CREATE TABLE booking_event (
  coop_id uuid NOT NULL,
  sequence bigint NOT NULL,
  workshop_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  station_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  actor_id uuid,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT booking_event_pkey PRIMARY KEY (coop_id, sequence),
  CONSTRAINT booking_event_booking FOREIGN KEY (coop_id, booking_id) REFERENCES booking (coop_id, id),
  CONSTRAINT booking_event_kind CHECK (kind IN ('held', 'extended', 'confirmed', 'released', 'lapsed', 'cancelled', 'moved',
    'no_show', 'checked_in', 'checked_out', 'changeover_changed'))
);
CREATE INDEX booking_event_by_booking ON booking_event (coop_id, booking_id, sequence);
CREATE INDEX booking_event_by_sequence ON booking_event (sequence);

-- What a co-op has decided about its bookings; no row means the defaults of the columns.
CREATE TABLE booking_policy (
  coop_id uuid NOT NULL,
  -- [{noticeHours, feePercent}], most notice first; what is nearer than all pays 100.
  cancel_tiers jsonb NOT NULL DEFAULT '[{"noticeHours": 0, "feePercent": 0}]',
  no_show_percent integer NOT NULL DEFAULT 100,
  no_show_after_minutes integer NOT NULL DEFAULT 15,
  -- frozen: never; up: longer work is charged on; both: shorter work is credited too.
  actual_minutes text NOT NULL DEFAULT 'frozen',
  waiting_answer_minutes integer NOT NULL DEFAULT 60,
  CONSTRAINT booking_policy_pkey PRIMARY KEY (coop_id),
  CONSTRAINT booking_policy_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT booking_policy_no_show CHECK (no_show_percent BETWEEN 0 AND 100 AND no_show_after_minutes BETWEEN 0 AND 240),
  CONSTRAINT booking_policy_actual_minutes CHECK (actual_minutes IN ('frozen', 'up', 'both')),
  CONSTRAINT booking_policy_answer CHECK (waiting_answer_minutes BETWEEN 5 AND 2880)
);

-- Which quota and price rules apply to a member; the co-op's own word.
ALTER TABLE membership ADD COLUMN class text NOT NULL DEFAULT 'standard';
ALTER TABLE membership ADD CONSTRAINT membership_class_form CHECK (class ~ '^[a-z][a-z0-9-]{0,31}$');
