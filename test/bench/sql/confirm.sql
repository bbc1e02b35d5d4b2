-- The best that SQL alone can do for confirmBooking: one round trip, the charge chained into the same ledger.
CREATE FUNCTION bench_confirm(
  p_coop uuid, p_account uuid, p_request uuid, p_hash bytea, p_booking uuid, OUT outcome text)
LANGUAGE plpgsql AS $$
DECLARE
  hold record;
  head record;
  seen record;
  at timestamptz;
  transaction_id uuid := uuidv7();
  posted text;
BEGIN
  INSERT INTO request (actor_id, operation, request_id, input_hash, subject_id)
    VALUES (p_account, 'confirmBooking', p_request, p_hash, p_booking) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT input_hash INTO seen FROM request
      WHERE actor_id = p_account AND operation = 'confirmBooking' AND request_id = p_request;
    outcome := CASE WHEN seen.input_hash = p_hash THEN 'BookingConfirmed' ELSE 'RequestIdReused' END;
    RETURN;
  END IF;

  SELECT booking.* INTO hold FROM booking
    JOIN station ON station.coop_id = booking.coop_id AND station.id = booking.station_id
   WHERE booking.coop_id = p_coop AND booking.id = p_booking AND booking.account_id = p_account
     FOR NO KEY UPDATE OF station, booking;
  IF NOT FOUND THEN RAISE EXCEPTION 'NotFound'; END IF;
  IF hold.state <> 'held' THEN RAISE EXCEPTION 'NotHeld'; END IF;

  SELECT sequence, hash INTO head FROM ledger_head WHERE coop_id = p_coop FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    INSERT INTO ledger_head (coop_id, sequence, hash) VALUES (p_coop, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
    SELECT sequence, hash INTO head FROM ledger_head WHERE coop_id = p_coop FOR NO KEY UPDATE;
  END IF;
  at := app_now();
  IF at >= hold.expires_at OR at >= upper(hold.during) THEN RAISE EXCEPTION 'HoldLapsed'; END IF;

  IF hold.price_minor > 0 THEN
    posted := format(
      '{"coopId":"%s","currency":"%s","entries":[{"account":"booking_revenue","amountMinor":"-%s","partyId":null},'
      '{"account":"member_receivable","amountMinor":"%s","partyId":"%s"}],"kind":"booking_charged","postedAt":%s,'
      '"reference":"%s","sequence":%s}',
      p_coop, hold.currency, hold.price_minor, hold.price_minor, p_account, (extract(epoch FROM at) * 1000)::bigint,
      p_booking, head.sequence + 1);
    posted := encode(sha256(convert_to(head.hash || E'\n' || posted, 'UTF8')), 'hex');
    INSERT INTO ledger_transaction (coop_id, id, sequence, kind, reference, currency, posted_at, hash)
      VALUES (p_coop, transaction_id, head.sequence + 1, 'booking_charged', p_booking, hold.currency, at, posted);
    INSERT INTO ledger_entry (coop_id, transaction_id, line, account, party_id, amount_minor, sequence, currency)
      VALUES (p_coop, transaction_id, 1, 'member_receivable', p_account, hold.price_minor, head.sequence + 1, hold.currency),
             (p_coop, transaction_id, 2, 'booking_revenue', NULL, -hold.price_minor, head.sequence + 1, hold.currency);
    UPDATE ledger_head SET sequence = head.sequence + 1, hash = posted WHERE coop_id = p_coop;
  END IF;
  UPDATE booking SET state = 'confirmed', confirmed_at = at, charged_minor = price_minor
   WHERE coop_id = p_coop AND id = p_booking;
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
    VALUES (p_coop, nextval('booking_event_sequence'), hold.workshop_id, hold.cell_id, hold.station_id, p_booking,
            p_account, 'confirmed', at);
  outcome := 'BookingConfirmed';
END $$;
