import { Injectable } from '@nestjs/common';

/** Thrown by a check with words that anybody may read; whatever else is thrown is told to the log only. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/** Readiness checks that features add (the chain adds its own); each answers a detail or throws. */
@Injectable()
export class HealthChecks {
  readonly all = new Map<string, () => Promise<string>>();

  add(name: string, check: () => Promise<string>): void {
    this.all.set(name, check);
  }
}
