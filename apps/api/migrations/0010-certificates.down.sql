DROP TABLE certificate;
DROP TABLE anchor_batch;
