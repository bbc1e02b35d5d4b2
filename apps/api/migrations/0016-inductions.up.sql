-- A kind of machine that only inducted members may book; the co-op says how to get there.
CREATE TABLE induction_requirement (
  coop_id uuid NOT NULL,
  cell_kind text NOT NULL,
  how_to_get text NOT NULL,
  CONSTRAINT induction_requirement_pkey PRIMARY KEY (coop_id, cell_kind),
  CONSTRAINT induction_requirement_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT induction_requirement_kind CHECK (cell_kind ~ '^[a-z][a-z0-9-]{0,31}$'),
  CONSTRAINT induction_requirement_text CHECK (length(how_to_get) BETWEEN 1 AND 240)
);

-- What a member was shown, by whom, and from when to when it counts; without an end it counts for ever.
CREATE TABLE induction (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  cell_kind text NOT NULL,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  given_by uuid NOT NULL,
  given_at timestamptz NOT NULL,
  revoked_by uuid,
  revoked_at timestamptz,
  CONSTRAINT induction_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT induction_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT induction_giver FOREIGN KEY (coop_id, given_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT induction_revoker FOREIGN KEY (coop_id, revoked_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT induction_kind CHECK (cell_kind ~ '^[a-z][a-z0-9-]{0,31}$'),
  CONSTRAINT induction_range CHECK (valid_until IS NULL OR valid_from < valid_until),
  CONSTRAINT induction_revoked_whole CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
  -- Never two at once, so that revoking one leaves none. Also the index by which a hold looks for it.
  CONSTRAINT induction_one_at_a_time EXCLUDE USING gist
    (coop_id WITH =, account_id WITH =, cell_kind WITH =, tstzrange(valid_from, valid_until) WITH &&) WHERE (revoked_at IS NULL)
);
CREATE INDEX induction_by_member ON induction (coop_id, account_id, id);
