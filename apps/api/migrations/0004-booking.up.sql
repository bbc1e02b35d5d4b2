-- A hold and the booking it becomes are one row, so that one exclusion constraint guards both.
-- Claimed by a member (account_id) or by an operation of a run (run_operation_id).
CREATE TABLE booking (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  workshop_id uuid NOT NULL,
  cell_id uuid NOT NULL,
  station_id uuid NOT NULL,
  account_id uuid,
  run_operation_id uuid,
  state text NOT NULL,
  during tstzrange NOT NULL,
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  held_at timestamptz NOT NULL,
  expires_at timestamptz,
  confirmed_at timestamptz,
  ended_at timestamptz,
  checked_in_at timestamptz,
  checked_out_at timestamptz,
  CONSTRAINT booking_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT booking_workshop FOREIGN KEY (coop_id, workshop_id) REFERENCES workshop (coop_id, id),
  CONSTRAINT booking_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT booking_station FOREIGN KEY (coop_id, station_id) REFERENCES station (coop_id, id),
  CONSTRAINT booking_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT booking_state CHECK (state IN ('held', 'confirmed', 'released', 'lapsed', 'cancelled')),
  CONSTRAINT booking_live_until_ended CHECK ((ended_at IS NULL) = (state IN ('held', 'confirmed'))),
  CONSTRAINT booking_one_claimant CHECK ((account_id IS NULL) <> (run_operation_id IS NULL)),
  CONSTRAINT booking_during_half_open CHECK (lower_inc(during) AND NOT upper_inc(during) AND NOT isempty(during)),
  CONSTRAINT booking_hold_expires CHECK (state <> 'held' OR expires_at IS NOT NULL),
  -- By ended_at, not by state: no question about a member's holds may be answered by this index, which finds all of a
  -- co-op's claims when it is given no station.
  CONSTRAINT booking_no_overlap EXCLUDE USING gist (coop_id WITH =, station_id WITH =, during WITH &&)
    WHERE (ended_at IS NULL)
);
CREATE INDEX booking_by_expiry ON booking (expires_at) WHERE state = 'held';
CREATE INDEX booking_live_holds ON booking (coop_id, account_id) WHERE state = 'held';
CREATE INDEX booking_by_member ON booking (coop_id, account_id, id);
CREATE INDEX booking_by_operation ON booking (coop_id, run_operation_id) WHERE run_operation_id IS NOT NULL;
