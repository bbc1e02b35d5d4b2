/**
 * One member's wishes in a round, by slot number; `pastWins` is how many slots the member won in the earlier rounds of
 * the cell.
 */
export interface RoundRequest {
  readonly pseudonym: string;
  readonly pastWins: number;
  readonly first: number;
  readonly second: number | null;
}
