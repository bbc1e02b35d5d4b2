import type { ModelClaim } from './world.js';
import { OpenMinutes } from './open-minutes.js';

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
