DROP TABLE gtin;
DROP TABLE edition;
DROP TABLE recipe_operation;
DROP TABLE work;
