/** A bought pack of minutes and how far it has come: `spentMinutes` in confirmed bookings, `recognisedMinor` of its price. */
export interface GrantTotal {
  readonly priceMinor: bigint;
  readonly minutes: number;
  readonly spentMinutes: number;
  readonly recognisedMinor: bigint;
  /** Expired and settled: all of its price is revenue, whatever moves later. */
  readonly closed: boolean;
}

/** Thrown when code, not a person, spends more minutes of a grant than it has, or gives back more than were spent. */
export class AllowanceError extends Error {
  override readonly name = 'AllowanceError';
}

/**
 * What of a grant's price is revenue once so many of its minutes are spent: a function of the total alone, rounded
 * down, so that the last minute brings the last cent.
 */
export function recognisedTarget(priceMinor: bigint, minutes: number, spentMinutes: number): bigint {
  return (priceMinor * BigInt(spentMinutes)) / BigInt(minutes);
}

/**
 * Spends minutes of a grant (negative: gives them back) and says where it stands then; `movedMinor` is what became
 * revenue (negative: what is owed again). Throws AllowanceError outside 0 to the minutes of the grant.
 */
export function spendMinutes(
  grant: GrantTotal,
  minutes: number,
): { readonly spentMinutes: number; readonly recognisedMinor: bigint; readonly movedMinor: bigint } {
  const spentMinutes = grant.spentMinutes + minutes;
  if (spentMinutes < 0 || spentMinutes > grant.minutes)
    throw new AllowanceError(
      `${String(spentMinutes)} of ${String(grant.minutes)} minutes would be spent. Decide under the member's lock.`,
    );
  const recognisedMinor = grant.closed
    ? grant.recognisedMinor
    : recognisedTarget(grant.priceMinor, grant.minutes, spentMinutes);
  return { spentMinutes, recognisedMinor, movedMinor: recognisedMinor - grant.recognisedMinor };
}
