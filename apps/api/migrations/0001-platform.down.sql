DROP TABLE rate_limit;
DROP TABLE request;
DROP TABLE clock_offset;
DROP FUNCTION clock_offset_notify();
DROP FUNCTION app_now();
DROP EXTENSION btree_gist;
