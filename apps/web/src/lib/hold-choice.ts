/** What the form to hold a time is filled with; day and start on the workshop's wall. */
export interface Choice {
  readonly cellId: string;
  /** Empty when any station of the cell will do. */
  readonly stationId: string;
  readonly day: string;
  readonly start: string;
  readonly minutes: number;
  /** Empty for the usual one of the cell. */
  readonly family: string;
  readonly useCredits: boolean;
}
