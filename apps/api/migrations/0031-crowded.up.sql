-- A claim that closed time or a new matrix has left too close to one before it. What is decided behind it looks at all
-- before it, back to the last one that is not crowded.
ALTER TABLE booking ADD COLUMN crowded boolean NOT NULL DEFAULT false;
-- A squeezed claim begins where its neighbour ends; those that fit and do so too are marked until they are linked again.
UPDATE booking AS claim SET crowded = true
 WHERE claim.ended_at IS NULL AND claim.changeover_minutes > 0 AND lower(claim.during) > now()
   AND EXISTS (SELECT 1 FROM booking AS earlier
                WHERE earlier.coop_id = claim.coop_id AND earlier.station_id = claim.station_id
                  AND earlier.ended_at IS NULL AND upper(earlier.during) = lower(claim.claim)
                  AND lower(earlier.during) < lower(claim.during));
