-- An NFC tag inside a piece. Its keys are derived from the installation's key, the co-op and the uid, and stored nowhere.
CREATE TABLE nfc_tag (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  serial integer NOT NULL,
  uid text NOT NULL,
  key_version integer NOT NULL,
  -- The highest counter that was shown with a right MAC; it only rises.
  last_counter integer NOT NULL,
  registered_by uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  retired_at timestamptz,
  retired_why text,
  CONSTRAINT nfc_tag_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT nfc_tag_certificate FOREIGN KEY (coop_id, edition_id, serial)
    REFERENCES certificate (coop_id, edition_id, serial),
  CONSTRAINT nfc_tag_registered_by FOREIGN KEY (registered_by) REFERENCES account (id),
  CONSTRAINT nfc_tag_uid CHECK (uid ~ '^[0-9a-f]{14}$'),
  CONSTRAINT nfc_tag_counter CHECK (last_counter BETWEEN 0 AND 16777215),
  CONSTRAINT nfc_tag_retired CHECK ((retired_at IS NULL) = (retired_why IS NULL))
);
CREATE UNIQUE INDEX nfc_tag_uid_once ON nfc_tag (coop_id, uid) WHERE retired_at IS NULL;
CREATE UNIQUE INDEX nfc_tag_piece_once ON nfc_tag (coop_id, edition_id, serial) WHERE retired_at IS NULL;
CREATE INDEX nfc_tag_by_uid ON nfc_tag (coop_id, uid);
CREATE INDEX nfc_tag_of_edition ON nfc_tag (coop_id, edition_id, id);

-- A code of a tag and the session that was the first to show it.
CREATE TABLE shown_tap (
  coop_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  counter integer NOT NULL,
  session_hash bytea NOT NULL,
  shown_at timestamptz NOT NULL,
  CONSTRAINT shown_tap_pkey PRIMARY KEY (coop_id, tag_id, counter),
  CONSTRAINT shown_tap_tag FOREIGN KEY (coop_id, tag_id) REFERENCES nfc_tag (coop_id, id)
);
CREATE INDEX shown_tap_by_age ON shown_tap (shown_at);

-- The key under which the networks of one day are hashed. It is thrown away after two days, and the hashes tell nothing then.
CREATE TABLE network_key (
  day date NOT NULL,
  key bytea NOT NULL,
  CONSTRAINT network_key_pkey PRIMARY KEY (day)
);

-- How often one network opened the page of one piece in one hour.
CREATE TABLE scan (
  coop_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  serial integer NOT NULL,
  hour timestamptz NOT NULL,
  -- Empty for all that came after the most networks that are told apart.
  network bytea NOT NULL,
  -- A country by two letters; empty when it is not known.
  region text NOT NULL,
  times integer NOT NULL,
  CONSTRAINT scan_pkey PRIMARY KEY (coop_id, edition_id, serial, hour, network, region),
  CONSTRAINT scan_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT scan_times CHECK (times > 0),
  CONSTRAINT scan_region CHECK (region ~ '^([A-Z]{2})?$')
);
CREATE INDEX scan_by_age ON scan (hour);

-- What is left of scans after their time: sums of a day.
CREATE TABLE scan_day (
  coop_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  serial integer NOT NULL,
  day date NOT NULL,
  times integer NOT NULL,
  networks integer NOT NULL,
  regions text[] NOT NULL,
  CONSTRAINT scan_day_pkey PRIMARY KEY (coop_id, edition_id, serial, day),
  CONSTRAINT scan_day_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT scan_day_times CHECK (times > 0)
);

-- An odd pattern of one piece on one day.
CREATE TABLE scan_anomaly (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  serial integer NOT NULL,
  day date NOT NULL,
  pattern text NOT NULL,
  times integer NOT NULL,
  networks integer NOT NULL,
  regions text[] NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  CONSTRAINT scan_anomaly_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT scan_anomaly_once UNIQUE (coop_id, edition_id, serial, day, pattern),
  CONSTRAINT scan_anomaly_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT scan_anomaly_pattern
    CHECK (pattern IN ('PLACES_AT_ONCE', 'MANY_NETWORKS', 'CODE_SHOWN_AGAIN', 'WRONG_CODES')),
  CONSTRAINT scan_anomaly_times CHECK (times > 0)
);
CREATE INDEX scan_anomaly_by_age ON scan_anomaly (last_at);
