DROP INDEX edition_by_work;
CREATE INDEX edition_by_work ON edition (coop_id, work_id);
DROP INDEX sale_order_paid;
ALTER TABLE edition_drop DROP COLUMN settled_at;
