CREATE TABLE work (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sku text NOT NULL,
  title text NOT NULL,
  description text NOT NULL,
  materials text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT work_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT work_sku_once UNIQUE (coop_id, sku),
  CONSTRAINT work_coop FOREIGN KEY (coop_id) REFERENCES coop (id),
  CONSTRAINT work_sku_form CHECK (sku ~ '^[A-Z0-9][A-Z0-9-]{1,31}$')
);

CREATE INDEX work_newest ON work (coop_id, created_at, id);

CREATE TABLE recipe_operation (
  coop_id uuid NOT NULL,
  work_id uuid NOT NULL,
  position integer NOT NULL,
  cell_kind text NOT NULL,
  name text NOT NULL,
  setup_minutes integer NOT NULL,
  minutes_per_unit integer NOT NULL,
  CONSTRAINT recipe_operation_pkey PRIMARY KEY (coop_id, work_id, position),
  CONSTRAINT recipe_operation_work FOREIGN KEY (coop_id, work_id) REFERENCES work (coop_id, id),
  CONSTRAINT recipe_operation_minutes CHECK (setup_minutes BETWEEN 0 AND 1440 AND minutes_per_unit BETWEEN 1 AND 1440)
);

CREATE TABLE edition (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  work_id uuid NOT NULL,
  size integer NOT NULL,
  unit_price_minor bigint NOT NULL,
  currency text NOT NULL,
  agreement_version_id uuid NOT NULL,
  gtin text NOT NULL,
  next_serial integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  CONSTRAINT edition_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT edition_gtin_once UNIQUE (coop_id, gtin),
  CONSTRAINT edition_work FOREIGN KEY (coop_id, work_id) REFERENCES work (coop_id, id),
  CONSTRAINT edition_agreement FOREIGN KEY (coop_id, agreement_version_id) REFERENCES agreement_version (coop_id, id),
  CONSTRAINT edition_size_range CHECK (size BETWEEN 1 AND 1000000),
  CONSTRAINT edition_price_range CHECK (unit_price_minor BETWEEN 1 AND 100000000),
  CONSTRAINT edition_serials_within_size CHECK (next_serial BETWEEN 1 AND size + 1)
);
CREATE INDEX edition_by_work ON edition (coop_id, work_id);

-- Global: the printed number leads to its edition without naming the co-op. Prefixes are unique, so numbers are too.
CREATE TABLE gtin (
  gtin text NOT NULL,
  coop_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  CONSTRAINT gtin_pkey PRIMARY KEY (gtin),
  CONSTRAINT gtin_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT gtin_form CHECK (gtin ~ '^[0-9]{14}$')
);
