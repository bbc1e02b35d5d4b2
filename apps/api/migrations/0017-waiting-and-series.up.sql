-- Who waits for a cell. `turn` is taken under the cell's lock, so it is the order in which people joined.
CREATE TABLE waiting_entry (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  turn bigint NOT NULL,
  cell_id uuid NOT NULL,
  account_id uuid NOT NULL,
  family text,
  earliest_at timestamptz NOT NULL,
  latest_at timestamptz NOT NULL,
  minutes integer NOT NULL,
  least_minutes integer NOT NULL,
  max_price_minor bigint,
  use_credits boolean NOT NULL DEFAULT false,
  joined_at timestamptz NOT NULL,
  -- When the cell was last looked over for whoever waits.
  looked_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'waiting',
  -- The hold that was offered; whether it was taken is decided by the hold itself, the state only tidies up behind it.
  booking_id uuid,
  offered_at timestamptz,
  CONSTRAINT waiting_entry_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT waiting_entry_turn_once UNIQUE (coop_id, turn),
  CONSTRAINT waiting_entry_booking_once UNIQUE (coop_id, booking_id),
  CONSTRAINT waiting_entry_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT waiting_entry_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT waiting_entry_booking FOREIGN KEY (coop_id, booking_id) REFERENCES booking (coop_id, id),
  CONSTRAINT waiting_entry_state CHECK (state IN ('waiting', 'offered', 'taken', 'missed', 'left', 'expired')),
  CONSTRAINT waiting_entry_length CHECK (least_minutes BETWEEN 5 AND minutes AND minutes <= 1440),
  CONSTRAINT waiting_entry_range CHECK (latest_at - earliest_at >= minutes * interval '1 minute'),
  CONSTRAINT waiting_entry_offer CHECK ((booking_id IS NOT NULL) = (state IN ('offered', 'taken', 'missed'))
    AND (booking_id IS NOT NULL) = (offered_at IS NOT NULL))
);
CREATE INDEX waiting_entry_queue ON waiting_entry (coop_id, cell_id, turn) WHERE state = 'waiting';
CREATE INDEX waiting_entry_by_member ON waiting_entry (coop_id, account_id, id);
CREATE INDEX waiting_entry_places ON waiting_entry (coop_id, account_id) WHERE state = 'waiting';
CREATE INDEX waiting_entry_by_look ON waiting_entry (looked_at) WHERE state = 'waiting';
CREATE INDEX waiting_entry_by_latest ON waiting_entry (latest_at) WHERE state = 'waiting';
CREATE INDEX waiting_entry_offers ON waiting_entry (offered_at) WHERE state = 'offered';

-- Bookings that repeat, as they were asked for; each occurrence is a booking.
CREATE TABLE booking_series (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  cell_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- As it was asked for: an RRULE (RFC 5545).
  rule text NOT NULL,
  family text,
  minutes integer NOT NULL,
  first_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  cancelled_at timestamptz,
  CONSTRAINT booking_series_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT booking_series_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT booking_series_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT booking_series_minutes CHECK (minutes BETWEEN 5 AND 1440)
);
CREATE INDEX booking_series_by_member ON booking_series (coop_id, account_id, id);

ALTER TABLE booking ADD CONSTRAINT booking_of_series FOREIGN KEY (coop_id, series_id) REFERENCES booking_series (coop_id, id);
