DROP TABLE induction;
DROP TABLE induction_requirement;
