/**
 * One member's wishes in a round, by slot number; `pastWins` is how many slots the member won in the earlier rounds of
 * the cell.
 */
export interface RoundRequest {
  readonly pseudonym: string;
  readonly pastWins: number;
  readonly first: number;
  readonly second: number | null;
  /**
   * What the member's quota had no minutes for at the deadline: a choice, or both together. Left out where it had enough
   * for all of it; how much it had is nobody's business.
   */
  readonly beyondQuota?: readonly BeyondQuota[];
}

/** A choice that a quota does not cover, or `both` where it covers each but not the two together. */
export type BeyondQuota = 'first' | 'second' | 'both';
