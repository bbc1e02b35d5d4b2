-- How somebody is printed on the certificates of one co-op: by a pseudonym, unless they chose a name.
CREATE TABLE maker_credit (
  coop_id uuid NOT NULL,
  account_id uuid NOT NULL,
  -- The number of the pseudonym, drawn at random; an erasure draws another.
  number integer NOT NULL,
  printed_name text,
  chosen_at timestamptz,
  CONSTRAINT maker_credit_pkey PRIMARY KEY (coop_id, account_id),
  CONSTRAINT maker_credit_number_once UNIQUE (coop_id, number),
  CONSTRAINT maker_credit_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT maker_credit_chosen CHECK ((printed_name IS NULL) = (chosen_at IS NULL))
);

-- Whom the field who.makers.NN of a certificate is about; it is erased by this, because the document names no account.
CREATE TABLE certificate_maker (
  coop_id uuid NOT NULL,
  certificate_id uuid NOT NULL,
  place smallint NOT NULL,
  account_id uuid NOT NULL,
  erased_at timestamptz,
  CONSTRAINT certificate_maker_pkey PRIMARY KEY (coop_id, certificate_id, place),
  CONSTRAINT certificate_maker_certificate FOREIGN KEY (coop_id, certificate_id) REFERENCES certificate (coop_id, id),
  CONSTRAINT certificate_maker_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT certificate_maker_place CHECK (place BETWEEN 1 AND 99)
);
CREATE INDEX certificate_maker_shown ON certificate_maker (coop_id, account_id, certificate_id) WHERE erased_at IS NULL;
INSERT INTO certificate_maker (coop_id, certificate_id, place, account_id)
  SELECT c.coop_id, c.id, p.position, p.account_id FROM certificate c
    JOIN edition e ON e.coop_id = c.coop_id AND e.id = c.edition_id
    JOIN agreement_party p ON p.coop_id = e.coop_id AND p.version_id = e.agreement_version_id;

-- That somebody wanted to be gone from the certificates of a co-op; done once none shows them any more.
CREATE TABLE credit_erasure (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  requested_by uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  finished_at timestamptz,
  CONSTRAINT credit_erasure_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT credit_erasure_member FOREIGN KEY (coop_id, account_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT credit_erasure_requested_by FOREIGN KEY (requested_by) REFERENCES account (id)
);
CREATE INDEX credit_erasure_open ON credit_erasure (coop_id, account_id) WHERE finished_at IS NULL;

-- A photo, known by what it is; for members until a certificate names it, for everybody from then on.
CREATE TABLE photo (
  coop_id uuid NOT NULL,
  sha256 text NOT NULL,
  type text NOT NULL,
  bytes bytea NOT NULL,
  published_at timestamptz,
  CONSTRAINT photo_pkey PRIMARY KEY (coop_id, sha256),
  CONSTRAINT photo_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT photo_digest CHECK (sha256 = encode(sha256(bytes), 'hex')),
  CONSTRAINT photo_type CHECK (type IN ('image/jpeg', 'image/png', 'image/webp')),
  CONSTRAINT photo_size CHECK (octet_length(bytes) BETWEEN 1 AND 2097152)
);
-- Already packed as well as they can be.
ALTER TABLE photo ALTER COLUMN bytes SET STORAGE EXTERNAL;
-- Asked for by what it is, which names no co-op.
CREATE INDEX photo_by_digest ON photo (sha256);

-- A photo of the making of a whole run, or of one of its pieces.
CREATE TABLE production_photo (
  coop_id uuid NOT NULL,
  id uuid NOT NULL,
  run_id uuid NOT NULL,
  unit_id uuid,
  sha256 text NOT NULL,
  caption text NOT NULL,
  added_by uuid NOT NULL,
  added_at timestamptz NOT NULL,
  CONSTRAINT production_photo_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT production_photo_once UNIQUE NULLS NOT DISTINCT (coop_id, run_id, unit_id, sha256),
  CONSTRAINT production_photo_run FOREIGN KEY (coop_id, run_id) REFERENCES run (coop_id, id),
  CONSTRAINT production_photo_unit FOREIGN KEY (coop_id, unit_id) REFERENCES unit (coop_id, id),
  CONSTRAINT production_photo_photo FOREIGN KEY (coop_id, sha256) REFERENCES photo (coop_id, sha256),
  CONSTRAINT production_photo_added_by FOREIGN KEY (coop_id, added_by) REFERENCES membership (coop_id, account_id),
  CONSTRAINT production_photo_caption CHECK (char_length(caption) <= 200)
);
