CREATE TABLE run (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  edition_id uuid NOT NULL,
  drop_id uuid NOT NULL,
  quantity integer NOT NULL,
  state text NOT NULL,
  locked_at timestamptz NOT NULL,
  finished_at timestamptz,
  CONSTRAINT run_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT run_drop_once UNIQUE (coop_id, drop_id),
  CONSTRAINT run_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT run_drop FOREIGN KEY (coop_id, drop_id) REFERENCES edition_drop (coop_id, id),
  CONSTRAINT run_state CHECK (state IN ('locked', 'making', 'finished')),
  CONSTRAINT run_quantity CHECK (quantity > 0)
);
CREATE INDEX run_newest ON run (coop_id, locked_at, id);

-- Pieces that go through the recipe together: lot 1 is the whole run, each remake is a lot of its own.
CREATE TABLE run_lot (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  run_id uuid NOT NULL,
  number integer NOT NULL,
  quantity integer NOT NULL,
  planned_at timestamptz,
  CONSTRAINT run_lot_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT run_lot_number_once UNIQUE (coop_id, run_id, number),
  CONSTRAINT run_lot_run FOREIGN KEY (coop_id, run_id) REFERENCES run (coop_id, id),
  CONSTRAINT run_lot_quantity CHECK (quantity > 0)
);
CREATE INDEX run_lot_unplanned ON run_lot (coop_id, id) WHERE planned_at IS NULL;

CREATE TABLE run_operation (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  lot_id uuid NOT NULL,
  position integer NOT NULL,
  cell_kind text NOT NULL,
  name text NOT NULL,
  minutes integer NOT NULL,
  CONSTRAINT run_operation_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT run_operation_position_once UNIQUE (coop_id, lot_id, position),
  CONSTRAINT run_operation_lot FOREIGN KEY (coop_id, lot_id) REFERENCES run_lot (coop_id, id),
  CONSTRAINT run_operation_minutes CHECK (minutes > 0)
);

ALTER TABLE booking ADD CONSTRAINT booking_operation
  FOREIGN KEY (coop_id, run_operation_id) REFERENCES run_operation (coop_id, id);

CREATE TABLE unit (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  run_id uuid NOT NULL,
  lot_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  order_id uuid NOT NULL,
  state text NOT NULL,
  serial integer,
  CONSTRAINT unit_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT unit_serial_once UNIQUE (coop_id, edition_id, serial),
  CONSTRAINT unit_run FOREIGN KEY (coop_id, run_id) REFERENCES run (coop_id, id),
  CONSTRAINT unit_lot FOREIGN KEY (coop_id, lot_id) REFERENCES run_lot (coop_id, id),
  CONSTRAINT unit_edition FOREIGN KEY (coop_id, edition_id) REFERENCES edition (coop_id, id),
  CONSTRAINT unit_order FOREIGN KEY (coop_id, order_id) REFERENCES sale_order (coop_id, id),
  CONSTRAINT unit_state CHECK (state IN ('planned', 'passed', 'failed', 'handed_over')),
  CONSTRAINT unit_serial_when_passed CHECK ((state IN ('passed', 'handed_over')) = (serial IS NOT NULL))
);
CREATE INDEX unit_by_run ON unit (coop_id, run_id, id);
CREATE INDEX unit_by_order ON unit (coop_id, order_id);
CREATE INDEX unit_by_lot ON unit (coop_id, lot_id);
CREATE INDEX unit_planned ON unit (coop_id, run_id) WHERE state = 'planned';

CREATE TABLE quality_record (
  coop_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  unit_id uuid NOT NULL,
  outcome text NOT NULL,
  remedy text,
  note text NOT NULL,
  inspector_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT quality_record_pkey PRIMARY KEY (coop_id, id),
  CONSTRAINT quality_record_unit_once UNIQUE (coop_id, unit_id),
  CONSTRAINT quality_record_unit FOREIGN KEY (coop_id, unit_id) REFERENCES unit (coop_id, id),
  CONSTRAINT quality_record_inspector FOREIGN KEY (coop_id, inspector_id) REFERENCES membership (coop_id, account_id),
  CONSTRAINT quality_record_outcome CHECK (outcome IN ('passed', 'failed')),
  CONSTRAINT quality_record_remedy CHECK ((outcome = 'failed') = (remedy IS NOT NULL) AND remedy IN ('remake', 'refund'))
);
