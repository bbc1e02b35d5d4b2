-- Slots of a cell that nobody can book until they are drawn among those who asked in time.
CREATE TABLE capacity_round (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  cell_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'open',
  cap integer NOT NULL,
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  deadline_at timestamptz NOT NULL,
  -- Published at once; the secret behind it only with the draw, the salt of the pseudonyms never.
  commitment text NOT NULL,
  secret text NOT NULL,
  salt text NOT NULL,
  requests_digest text,
  block_chain_id bigint,
  block_number bigint,
  block_hash text,
  block_time timestamptz,
  seed text,
  drawn_at timestamptz,
  CONSTRAINT capacity_round_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT capacity_round_cell FOREIGN KEY (coop_id, cell_id) REFERENCES cell (coop_id, id),
  CONSTRAINT capacity_round_opener FOREIGN KEY (coop_id, opened_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT capacity_round_state CHECK (state IN ('open', 'closed', 'drawn')),
  CONSTRAINT capacity_round_cap CHECK (cap BETWEEN 1 AND 2),
  CONSTRAINT capacity_round_deadline CHECK (deadline_at > opened_at),
  CONSTRAINT capacity_round_digest CHECK ((requests_digest IS NULL) = (state = 'open')),
  CONSTRAINT capacity_round_drawn CHECK (num_nonnulls(block_chain_id, block_number, block_hash, block_time, seed, drawn_at)
    = CASE WHEN state = 'drawn' THEN 6 ELSE 0 END),
  CONSTRAINT capacity_round_block_after_deadline CHECK (block_time > deadline_at)
);
CREATE INDEX capacity_round_due ON capacity_round (deadline_at) WHERE state <> 'drawn';
CREATE INDEX capacity_round_by_cell ON capacity_round (coop_id, cell_id, id);

CREATE TABLE round_slot (
  coop_id uuid NOT NULL,
  round_id uuid NOT NULL,
  number integer NOT NULL,
  station_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  -- The round's own claim on the station until the draw.
  claim_id uuid NOT NULL,
  won_by uuid,
  choice integer,
  -- The winner's hold; null when the window could not be held any more.
  booking_id uuid,
  CONSTRAINT round_slot_pkey PRIMARY KEY (coop_id, round_id, number),
  CONSTRAINT round_slot_round FOREIGN KEY (coop_id, round_id) REFERENCES capacity_round (coop_id, id),
  CONSTRAINT round_slot_station FOREIGN KEY (coop_id, station_id) REFERENCES station (coop_id, id),
  CONSTRAINT round_slot_claim FOREIGN KEY (coop_id, claim_id) REFERENCES booking (coop_id, id),
  CONSTRAINT round_slot_booking FOREIGN KEY (coop_id, booking_id) REFERENCES booking (coop_id, id),
  CONSTRAINT round_slot_number CHECK (number BETWEEN 1 AND 50),
  CONSTRAINT round_slot_won CHECK ((won_by IS NULL) = (choice IS NULL) AND (booking_id IS NULL OR won_by IS NOT NULL))
);
CREATE INDEX round_slot_by_winner ON round_slot (coop_id, won_by) WHERE won_by IS NOT NULL;

CREATE TABLE round_request (
  coop_id uuid NOT NULL,
  round_id uuid NOT NULL,
  account_id uuid NOT NULL,
  pseudonym text NOT NULL,
  first_slot integer NOT NULL,
  second_slot integer,
  requested_at timestamptz NOT NULL,
  -- Fixed at the deadline.
  past_wins integer,
  CONSTRAINT round_request_pkey PRIMARY KEY (coop_id, round_id, account_id),
  CONSTRAINT round_request_pseudonym_once UNIQUE (coop_id, round_id, pseudonym),
  CONSTRAINT round_request_round FOREIGN KEY (coop_id, round_id) REFERENCES capacity_round (coop_id, id),
  CONSTRAINT round_request_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT round_request_first FOREIGN KEY (coop_id, round_id, first_slot) REFERENCES round_slot (coop_id, round_id, number),
  CONSTRAINT round_request_second FOREIGN KEY (coop_id, round_id, second_slot) REFERENCES round_slot (coop_id, round_id, number),
  CONSTRAINT round_request_two_slots CHECK (first_slot <> second_slot)
);

ALTER TABLE round_slot ADD CONSTRAINT round_slot_winner
  FOREIGN KEY (coop_id, round_id, won_by) REFERENCES round_request (coop_id, round_id, account_id);
ALTER TABLE booking ADD CONSTRAINT booking_of_round FOREIGN KEY (coop_id, round_id) REFERENCES capacity_round (coop_id, id);
