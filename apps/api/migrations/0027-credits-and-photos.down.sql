DROP TABLE production_photo;
DROP TABLE photo;
DROP TABLE credit_erasure;
DROP TABLE certificate_maker;
DROP TABLE maker_credit;
