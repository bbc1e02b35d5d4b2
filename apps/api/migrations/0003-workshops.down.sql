DROP TABLE closure;
DROP TABLE opening_hours;
DROP TABLE station;
DROP TABLE cell;
DROP TABLE workshop;
