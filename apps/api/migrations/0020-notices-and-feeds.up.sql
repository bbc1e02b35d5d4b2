-- What somebody is told, in the pages and by mail, because of something that happened at a provider.
CREATE TABLE notice (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  -- A page of this installation, from its slash on.
  link text NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  CONSTRAINT notice_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT notice_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT notice_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT notice_kind_form CHECK (kind ~ '^[a-z][a-z_]{0,47}$'),
  CONSTRAINT notice_title_form CHECK (length(title) BETWEEN 1 AND 200 AND title !~ '[[:cntrl:]]'),
  CONSTRAINT notice_body_length CHECK (length(body) <= 4000),
  CONSTRAINT notice_link_form CHECK (link ~ '^/([^/[:space:]][^[:space:]]*)?$')
);
CREATE INDEX notice_by_account ON notice (account_id, id);
CREATE INDEX notice_unread ON notice (account_id, id) WHERE read_at IS NULL;

-- Global, like the sessions that they stand for: lets a page whose token no script can read open one live connection.
CREATE TABLE live_ticket (
  ticket_hash bytea NOT NULL,
  account_id uuid NOT NULL,
  session_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  -- When the access token ends that the ticket was asked for with; the connection ends then too.
  access_expires_at timestamptz NOT NULL,
  CONSTRAINT live_ticket_pkey PRIMARY KEY (ticket_hash),
  CONSTRAINT live_ticket_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT live_ticket_session FOREIGN KEY (session_id) REFERENCES session (id)
);
CREATE INDEX live_ticket_by_expiry ON live_ticket (expires_at);

-- Global, because a member's feed shows the bookings of all their co-ops; one of a station names its co-op.
CREATE TABLE calendar_feed (
  id uuid NOT NULL DEFAULT uuidv7(),
  account_id uuid NOT NULL,
  coop_id uuid,
  station_id uuid,
  secret_hash bytea NOT NULL,
  created_at timestamptz NOT NULL,
  rotated_at timestamptz,
  revoked_at timestamptz,
  CONSTRAINT calendar_feed_pkey PRIMARY KEY (id),
  CONSTRAINT calendar_feed_secret_once UNIQUE (secret_hash),
  CONSTRAINT calendar_feed_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT calendar_feed_station FOREIGN KEY (coop_id, station_id) REFERENCES station (coop_id, id),
  CONSTRAINT calendar_feed_subject CHECK ((coop_id IS NULL) = (station_id IS NULL))
);
CREATE INDEX calendar_feed_by_account ON calendar_feed (account_id) WHERE revoked_at IS NULL;

-- What was taken back lately, for the feed of a station; what stands has booking_by_station.
CREATE INDEX booking_ended_by_station ON booking (coop_id, station_id, ended_at) WHERE ended_at IS NOT NULL;
