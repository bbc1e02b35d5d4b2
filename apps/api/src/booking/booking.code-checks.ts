import { MINUTE_MS } from '@touchmark/calendar';
import type { CheckQuery, CodeCheck } from '../platform/checks/check.js';
import { changeoversJson, familiesJson } from './calendar-sql.js';
import { matrixOf } from './claims/locked-cell.js';

// Claims that live and are still to come, each with its neighbour before it on the station, however long ago that was. A
// hold that is over is brought in line with nothing any more, but what stands behind it is, once somebody ends it.
const COMING = `
  SELECT claim.coop_id, claim.id, claim.family, claim.changeover_minutes, claim.family_before, claim.ends_before,
         lower(claim.during) AS from_at, lower(claim.claim) AS claim_from_at, setup.families, setup.changeovers
    FROM (SELECT booking.*, lag(booking.family) OVER neighbours AS family_before,
                 lag(upper(booking.during)) OVER neighbours AS ends_before
            FROM booking WHERE booking.ended_at IS NULL
          WINDOW neighbours AS (PARTITION BY booking.coop_id, booking.station_id ORDER BY lower(booking.during))) AS claim
    JOIN (SELECT cell.coop_id, cell.id, ${familiesJson('cell.coop_id', 'cell.id')} AS families,
                 ${changeoversJson('cell.coop_id', 'cell.id')} AS changeovers
            FROM cell WHERE cell.default_family IS NOT NULL) AS setup
      ON setup.coop_id = claim.coop_id AND setup.id = claim.cell_id
   WHERE lower(claim.during) > app_now() AND (claim.state = 'confirmed' OR claim.expires_at > app_now())`;

interface ComingClaim {
  readonly coop_id: string;
  readonly id: string;
  readonly family: string | null;
  readonly changeover_minutes: number;
  readonly family_before: string | null;
  readonly ends_before: Date | null;
  readonly from_at: Date;
  readonly claim_from_at: Date;
  readonly families: string | null;
  readonly changeovers: string | null;
}

/** What is wrong with the gap before a claim, or null. */
function faultOf(claim: ComingClaim): string | null {
  const matrix = matrixOf(claim.families, claim.changeovers);
  const { minutes } = matrix.between(claim.ends_before === null ? null : claim.family_before, claim.family);
  if (minutes !== claim.changeover_minutes)
    return `${String(minutes)} minutes are in force, ${String(claim.changeover_minutes)} are kept`;
  const [fromAt, claimFromAt] = [claim.from_at.getTime(), claim.claim_from_at.getTime()];
  const endsBefore = claim.ends_before?.getTime() ?? -Infinity;
  if (claimFromAt < endsBefore) return 'the changeover begins before the neighbour has ended';
  // A pair that a new matrix has squeezed has all there is between its windows, and was listed when that was set.
  const squeezed = claimFromAt === endsBefore;
  return squeezed || fromAt - claimFromAt >= minutes * MINUTE_MS ? null : 'the claim is too short for it';
}

async function wrongGaps(query: CheckQuery): Promise<object[]> {
  const claims = (await query(COMING)) as readonly ComingClaim[];
  return claims.flatMap((claim) => {
    const fault = faultOf(claim);
    return fault === null ? [] : [{ coop_id: claim.coop_id, id: claim.id, fault }];
  });
}

/** What must always hold of claims and takes a decision of a lib to try. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'every claim to come has the changeover before it that its neighbour and the matrix ask for',
    counted: `SELECT count(*) FROM (${COMING}) AS coming`,
    find: wrongGaps,
  },
];
