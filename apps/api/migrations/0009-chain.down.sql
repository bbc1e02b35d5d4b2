DROP TABLE chain_sender;
DROP TABLE chain_transaction;
DROP TABLE chain_call;
DROP TABLE issuer;
