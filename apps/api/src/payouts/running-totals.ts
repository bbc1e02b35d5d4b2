import type { Agreement } from '@touchmark/splits';
import type { AgreementVersionRow, RunningTotal } from './agreements.repository.js';

/** The running totals that one transaction moves, loaded under the lock of their versions. */
export class RunningTotals {
  private readonly totals = new Map<string, RunningTotal>();
  private readonly terms = new Map<string, Agreement>();
  private readonly moved = new Set<string>();

  constructor(versions: readonly AgreementVersionRow[], totals: readonly RunningTotal[]) {
    for (const version of versions) this.terms.set(version.id, version.terms);
    for (const total of totals) this.totals.set(key(total.versionId, total.currency), total);
  }

  termsOf(versionId: string): Agreement {
    const terms = this.terms.get(versionId);
    if (terms === undefined) throw new Error(`agreement version ${versionId} does not exist in this co-op`);
    return terms;
  }

  of(versionId: string, currency: string): RunningTotal {
    return (
      this.totals.get(key(versionId, currency)) ?? { versionId, currency, soldMinor: 0n, handedOverMinor: 0n }
    );
  }

  move(total: RunningTotal): void {
    const at = key(total.versionId, total.currency);
    this.totals.set(at, total);
    this.moved.add(at);
  }

  /** The totals that were moved, to be saved. */
  changed(): RunningTotal[] {
    return [...this.moved].flatMap((at) => this.totals.get(at) ?? []);
  }
}

function key(versionId: string, currency: string): string {
  return `${versionId}/${currency}`;
}
