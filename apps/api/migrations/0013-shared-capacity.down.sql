ALTER TABLE membership DROP COLUMN class;
DROP TABLE booking_policy;
DROP TABLE booking_event;
DROP SEQUENCE booking_event_sequence;
DROP INDEX booking_by_service_order;
DROP INDEX booking_by_round;
DROP INDEX booking_by_series;
DROP INDEX booking_by_station;
ALTER TABLE booking DROP CONSTRAINT booking_no_overlap;
ALTER TABLE booking DROP CONSTRAINT booking_one_claimant;
ALTER TABLE booking DROP CONSTRAINT booking_state;
ALTER TABLE booking DROP COLUMN service_order_id, DROP COLUMN round_id, DROP COLUMN series_id, DROP COLUMN moved_from,
  DROP COLUMN extended_at, DROP COLUMN origin, DROP COLUMN charged_minor, DROP COLUMN price_lines,
  DROP COLUMN changeover_minutes, DROP COLUMN family, DROP COLUMN claim;
ALTER TABLE booking ADD CONSTRAINT booking_state CHECK (state IN ('held', 'confirmed', 'released', 'lapsed', 'cancelled'));
ALTER TABLE booking ADD CONSTRAINT booking_one_claimant CHECK ((account_id IS NULL) <> (run_operation_id IS NULL));
ALTER TABLE booking ADD CONSTRAINT booking_no_overlap
  EXCLUDE USING gist (coop_id WITH =, station_id WITH =, during WITH &&) WHERE (ended_at IS NULL);
ALTER TABLE closure DROP COLUMN station_id, DROP COLUMN cell_id, DROP COLUMN kind;
DROP TABLE own_hours;
DROP TABLE changeover;
ALTER TABLE cell DROP COLUMN default_family;
DROP TABLE setup_family;
