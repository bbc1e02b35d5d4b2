DROP TABLE chain_sender;
DROP TABLE chain_call;
DROP TABLE issuer;
