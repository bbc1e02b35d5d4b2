/**
 * The text on how to get an induction that a member lacks for a window, as an SQL expression: null when the kind of cell
 * requires none, or when what the member has been given covers the whole window without a gap. All arguments are SQL:
 * the co-op, the member's account, the cell's kind, the window's first instant and its (excluded) last.
 */
export const inductionSql = (
  coopId: string,
  accountId: string,
  cellKind: string,
  fromAt: string,
  toAt: string,
): string => `(
  SELECT required.how_to_get FROM induction_requirement AS required
   WHERE required.coop_id = ${coopId} AND required.cell_kind = ${cellKind}
     AND (SELECT range_agg(tstzrange(given.valid_from, given.valid_until)) FROM induction AS given
           WHERE given.coop_id = ${coopId} AND given.account_id = ${accountId} AND given.cell_kind = required.cell_kind
             AND given.revoked_at IS NULL
             AND tstzrange(given.valid_from, given.valid_until) && tstzrange(${fromAt}, ${toAt}))
         @> tstzrange(${fromAt}, ${toAt}) IS NOT TRUE)`;
