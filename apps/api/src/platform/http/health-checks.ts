import { Injectable } from '@nestjs/common';

/** Readiness checks that features add (the chain adds its own); each answers a detail or throws. */
@Injectable()
export class HealthChecks {
  readonly all = new Map<string, () => Promise<string>>();

  add(name: string, check: () => Promise<string>): void {
    this.all.set(name, check);
  }
}
