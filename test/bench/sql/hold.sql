-- The best that SQL alone can do for holdSlot with a named station: one round trip, the fewest locks, the writes of the
-- product and every guarantee of it, for a co-op without changeovers, own hours, tariffs, quotas, inductions and queues:
-- it looks whether there are any. Rights are not checked: whoever may call it is trusted. Written apart from the
-- product, sharing only its tables.
CREATE FUNCTION bench_hold(
  p_coop uuid, p_account uuid, p_request uuid, p_hash bytea, p_cell uuid, p_station uuid,
  p_from timestamptz, p_to timestamptz, p_most bigint,
  OUT outcome text, OUT booking_id uuid, OUT price bigint, OUT expires timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
  place record;
  seen record;
  at timestamptz;
  live integer;
  dead boolean;
  minutes integer;
  local_from timestamp;
BEGIN
  -- Once per actor and operation for ever; a second request with the id waits here for the first.
  booking_id := uuidv7();
  INSERT INTO request (actor_id, operation, request_id, input_hash, subject_id)
    VALUES (p_account, 'holdSlot', p_request, p_hash, booking_id) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT input_hash, subject_id INTO seen FROM request
      WHERE actor_id = p_account AND operation = 'holdSlot' AND request_id = p_request;
    booking_id := seen.subject_id;
    outcome := CASE WHEN seen.input_hash = p_hash THEN 'SlotHeld' ELSE 'RequestIdReused' END;
    RETURN;
  END IF;

  -- Shared on the cell: who chooses among its stations locks it alone. The member, because their holds are counted.
  SELECT cell.workshop_id, cell.grid_minutes, cell.max_minutes, cell.hourly_rate_minor, workshop.time_zone,
         coop.currency, coop.hold_limit INTO place
    FROM cell
    JOIN station ON station.coop_id = cell.coop_id AND station.cell_id = cell.id AND station.id = p_station
    JOIN workshop ON workshop.coop_id = cell.coop_id AND workshop.id = cell.workshop_id
    JOIN coop ON coop.id = cell.coop_id
    JOIN membership ON membership.coop_id = cell.coop_id AND membership.account_id = p_account
     AND membership.removed_at IS NULL
   WHERE cell.coop_id = p_coop AND cell.id = p_cell
     FOR SHARE OF cell FOR NO KEY UPDATE OF station, membership;
  IF NOT FOUND THEN RAISE EXCEPTION 'NotFound'; END IF;

  -- What the co-op of the benchmark has none of; where there is any, this function is not the one to ask.
  IF EXISTS (SELECT FROM setup_family WHERE coop_id = p_coop AND cell_id = p_cell)
     OR EXISTS (SELECT FROM own_hours WHERE coop_id = p_coop AND workshop_id = place.workshop_id)
     OR EXISTS (SELECT FROM tariff WHERE coop_id = p_coop)
     OR EXISTS (SELECT FROM quota_rule WHERE coop_id = p_coop)
     OR EXISTS (SELECT FROM induction_requirement WHERE coop_id = p_coop)
     OR EXISTS (SELECT FROM waiting_entry WHERE coop_id = p_coop AND cell_id = p_cell)
  THEN RAISE EXCEPTION 'NotForThisCoop'; END IF;

  at := app_now();
  local_from := p_from AT TIME ZONE place.time_zone;
  minutes := extract(epoch FROM p_to - p_from) / 60;
  IF p_to <= p_from OR minutes > place.max_minutes OR p_to > at + interval '90 days'
     OR extract(epoch FROM local_from)::bigint % (place.grid_minutes * 60) <> 0
     OR extract(epoch FROM p_to AT TIME ZONE place.time_zone)::bigint % (place.grid_minutes * 60) <> 0
  THEN RAISE EXCEPTION 'WindowInvalid'; END IF;
  IF p_from < at THEN RAISE EXCEPTION 'WindowInPast'; END IF;
  IF NOT EXISTS (
       SELECT 1 FROM (
         SELECT range_agg(tstzrange((day + make_interval(mins => hours.from_minute)) AT TIME ZONE place.time_zone,
                                    (day + make_interval(mins => hours.to_minute)) AT TIME ZONE place.time_zone)) AS open
           FROM generate_series(date_trunc('day', local_from), p_to AT TIME ZONE place.time_zone, interval '1 day') AS day
           JOIN opening_hours AS hours ON hours.coop_id = p_coop AND hours.workshop_id = place.workshop_id
            AND hours.weekday = extract(isodow FROM day)) AS week
        WHERE week.open @> tstzrange(p_from, p_to))
     OR EXISTS (SELECT 1 FROM closure WHERE coop_id = p_coop AND workshop_id = place.workshop_id
                   AND to_at > p_from AND from_at < p_to)
  THEN RAISE EXCEPTION 'OutsideOpeningHours'; END IF;

  -- Half to even, in whole minor units.
  price := place.hourly_rate_minor * minutes / 60;
  IF place.hourly_rate_minor * minutes % 60 * 2 > 60 - price % 2 THEN price := price + 1; END IF;
  IF price > p_most THEN RAISE EXCEPTION 'PriceAboveMax'; END IF;
  SELECT count(*) INTO live FROM booking
   WHERE coop_id = p_coop AND account_id = p_account AND state = 'held' AND expires_at > at;
  IF live >= place.hold_limit THEN RAISE EXCEPTION 'HoldLimitReached'; END IF;

  SELECT count(*) FILTER (WHERE state = 'confirmed' OR expires_at > at),
         coalesce(bool_or(state = 'held' AND expires_at <= at), false) INTO live, dead
    FROM booking WHERE coop_id = p_coop AND station_id = p_station AND ended_at IS NULL
     AND claim && tstzrange(p_from, p_to);
  IF live > 0 THEN RAISE EXCEPTION 'SlotTaken'; END IF;
  IF dead THEN
    UPDATE booking SET state = 'lapsed', ended_at = expires_at
     WHERE coop_id = p_coop AND station_id = p_station AND ended_at IS NULL AND state = 'held' AND expires_at <= at
       AND claim && tstzrange(p_from, p_to);
  END IF;

  expires := at + interval '15 minutes';
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, account_id, state, origin, during, claim,
                       price_minor, price_lines, currency, held_at, expires_at)
    VALUES (p_coop, booking_id, place.workshop_id, p_cell, p_station, p_account, 'held', 'member',
            tstzrange(p_from, p_to), tstzrange(p_from, p_to), price,
            jsonb_build_array(jsonb_build_object('code', 'base', 'label', 'Base rate', 'minutes', minutes,
              'amountMinor', price::text)),
            place.currency, at, expires);
  INSERT INTO booking_event (coop_id, sequence, workshop_id, cell_id, station_id, booking_id, actor_id, kind, at)
    VALUES (p_coop, nextval('booking_event_sequence'), place.workshop_id, p_cell, p_station, booking_id, p_account,
            'held', at);
  outcome := 'SlotHeld';
END $$;
