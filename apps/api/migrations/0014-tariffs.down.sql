DROP TABLE tariff;
DROP FUNCTION tariff_append_only();
