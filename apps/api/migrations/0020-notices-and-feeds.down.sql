DROP INDEX booking_ended_by_station;
DROP TABLE calendar_feed;
DROP TABLE live_ticket;
DROP TABLE notice;
