import type { Span } from './calendar.js';
import { OpenMinutes } from './open-minutes.js';

/** A claim on a station as the model knows it; times in epoch minutes, `expiresAt` in epoch milliseconds. */
export interface ModelClaim extends Span {
  readonly id: string;
  readonly cellId: string;
  stationId: string;
  readonly family: string | null;
  readonly accountId: string;
  readonly origin: 'member' | 'series' | 'waiting';
  state: 'held' | 'confirmed' | 'released' | 'lapsed' | 'cancelled' | 'moved' | 'no_show';
  expiresAt: number | null;
  extended: boolean;
  readonly prepaid: boolean;
  work: 'not begun' | 'begun' | 'done';
  /** Its member stayed away from a station that was out of service. */
  excused?: boolean;
}

/** One station of the model: when it is open, and what has not ended on it, by start. */
export class ModelStation {
  readonly open = new OpenMinutes();
  /** Changed since the distances between neighbours were last looked at. */
  touched = false;
  private claims: ModelClaim[] = [];

  constructor(readonly stationId: string) {}

  put(claim: ModelClaim): void {
    const index = this.claims.findIndex((one) => one.from > claim.from);
    this.claims.splice(index < 0 ? this.claims.length : index, 0, claim);
    this.touched = true;
  }

  take(claim: ModelClaim): void {
    this.claims = this.claims.filter((one) => one !== claim);
    this.touched = true;
  }

  inOrder(): readonly ModelClaim[] {
    return this.claims;
  }
}
