-- What a brand bought for itself is listed beside what it buys for a co-op: only the former is found by the brand.
DROP INDEX service_order_bought_by_brand;
CREATE INDEX service_order_bought_by_brand ON service_order (buyer_brand_id, accepted_at, id)
  WHERE buyer_brand_id IS NOT NULL AND buyer_coop_id IS NULL;
