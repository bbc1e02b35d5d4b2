DROP INDEX service_order_bought_by_brand;
CREATE INDEX service_order_bought_by_brand ON service_order (buyer_brand_id, accepted_at, id) WHERE buyer_brand_id IS NOT NULL;
