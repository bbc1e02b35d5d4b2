import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@touchmark/calendar';
import { decideOffer, operationsOf, type OfferTerms } from '@touchmark/exchange';
import type { Transaction } from '../platform/database/index.js';
import { InputRefused } from '../platform/graphql/index.js';
import { Capacity, HORIZON_DAYS } from './capacity/capacity.js';
import { contractFault } from './contracts.js';
import { NoCapacity, type OfferTermsInput } from './offer.types.js';

/** The terms as they are decided on and kept: texts trimmed, what was left out null. */
export function termsOf(input: OfferTermsInput): OfferTerms & { readonly inputSchema: string } {
  return {
    ...input,
    title: input.title.trim(),
    materials: input.materials.map((material) => material.trim()),
    leadTime: input.leadTime.trim(),
    steps: input.steps.map((step) => ({ ...step, family: step.family ?? null })),
  };
}

/** What stands in the way of terms before anything is looked up, or null. */
export function refuseTerms(terms: ReturnType<typeof termsOf>): InputRefused | NoCapacity | null {
  const decision = decideOffer(terms);
  if (decision.kind === 'NoCapacity') return new NoCapacity(decision.message, null);
  if (decision.kind === 'FieldRefused') return new InputRefused(decision.field, decision.message);
  const fault = contractFault(terms.inputSchema);
  return fault === null ? null : new InputRefused('inputSchema', fault);
}

/** Tries an offer out: its smallest batch must find room, with nothing booked by the attempt. */
@Injectable()
export class TryOffer {
  constructor(@Inject(Capacity) private readonly capacity: Capacity) {}

  /** Null when there is room; reads the time of the transaction. */
  async run(tx: Transaction, coopId: string, terms: OfferTerms): Promise<NoCapacity | null> {
    const least = terms.prices.reduce((smallest, { fromUnits }) => Math.min(smallest, fromUnits), Infinity);
    const work = { operations: operationsOf(terms.steps, least), windows: terms.windows };
    const now = (await tx.now()).getTime();
    const cells = await this.capacity.look(tx, coopId, await this.capacity.cellIds(tx, coopId, work), now);
    const plan = this.capacity.plan(cells, work, now, now + HORIZON_DAYS * DAY_MS);
    if (plan.kind === 'WorkPlaced') return null;
    const step = `step ${String(plan.position)}`;
    return new NoCapacity(
      `No ${plan.cellKind} cell has room for ${step} of the smallest batch in the windows of this offer within ${String(HORIZON_DAYS)} days. Add a cell or its family, or widen the windows.`,
      plan.cellKind,
    );
  }
}
