-- A claim that closed time or a new matrix has left too close to one before it. What is decided behind it looks at all
-- before it, back to the last one that is not crowded.
ALTER TABLE booking ADD COLUMN crowded boolean NOT NULL DEFAULT false;
-- A stored claim does not tell: one may fit behind its neighbour and be too close to who stands before that, and claims have
-- not followed closures so far. So all that may be are marked until they are linked again: marked wrongly costs reading.
UPDATE booking AS claim SET crowded = true
 WHERE claim.ended_at IS NULL AND upper(claim.during) > now() - interval '2 days'
   AND EXISTS (SELECT 1 FROM changeover
                WHERE changeover.coop_id = claim.coop_id AND changeover.cell_id = claim.cell_id AND changeover.minutes > 0)
   AND EXISTS (SELECT 1 FROM booking AS earlier
                WHERE earlier.coop_id = claim.coop_id AND earlier.station_id = claim.station_id
                  AND earlier.ended_at IS NULL AND lower(earlier.during) < lower(claim.during));
