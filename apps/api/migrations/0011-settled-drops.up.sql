-- What is left to do is found without passing what is done: neither the orders of a drop nor the drops of the past are read again.
ALTER TABLE edition_drop ADD COLUMN settled_at timestamptz;
UPDATE edition_drop d SET settled_at = closed_at
 WHERE d.state IN ('locked', 'refunded') AND NOT EXISTS (
   SELECT 1 FROM sale_order o WHERE o.coop_id = d.coop_id AND o.drop_id = d.id AND o.state = 'paid');
ALTER TABLE edition_drop ADD CONSTRAINT edition_drop_settled CHECK (settled_at IS NULL OR state IN ('locked', 'refunded'));
CREATE INDEX edition_drop_unsettled ON edition_drop (closed_at)
  WHERE settled_at IS NULL AND state IN ('locked', 'refunded');
CREATE INDEX sale_order_paid ON sale_order (coop_id, drop_id, id) WHERE state = 'paid';

DROP INDEX edition_by_work;
CREATE INDEX edition_by_work ON edition (coop_id, work_id, created_at, id);
