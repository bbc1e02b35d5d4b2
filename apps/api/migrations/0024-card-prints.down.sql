DROP TABLE card_print;
