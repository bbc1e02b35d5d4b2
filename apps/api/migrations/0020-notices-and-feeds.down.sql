DROP TABLE live_ticket;
DROP TABLE notice;
