DROP TABLE scan_anomaly;
DROP TABLE scan_day;
DROP TABLE scan;
DROP TABLE network_key;
DROP TABLE shown_tap;
DROP TABLE nfc_tag;
