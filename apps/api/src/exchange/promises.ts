import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@touchmark/calendar';
import { decidePromise, operationsOf, promiseTries, type PromiseDecision } from '@touchmark/exchange';
import type { WorkChunk } from '@touchmark/scheduling';
import type { LockedCell } from '../booking/index.js';
import { Capacity, HORIZON_DAYS, type Work } from './capacity/capacity.js';
import type { OfferType } from './offer.types.js';

/** The operations of a batch and the windows of the version that it was offered by. */
export function workOf(offer: OfferType, units: number): Work {
  const steps = offer.steps.map((step) => ({ ...step, family: step.family ?? null }));
  return { operations: operationsOf(steps, units), windows: offer.windows };
}

const HOUR_MS = 3_600_000;

export type Promised = Extract<PromiseDecision, { readonly kind: 'Promised' }>;

/** Works out what a provider can promise by what is booked now; instants in epoch milliseconds. */
@Injectable()
export class Promises {
  constructor(@Inject(Capacity) private readonly capacity: Capacity) {}

  decide(
    cells: readonly LockedCell[],
    work: Work,
    leadHours: number,
    now: number,
    wantedBy: number | null,
  ): PromiseDecision {
    const tries = promiseTries(now, leadHours);
    const ends = tries.map(({ workFrom }) => {
      const plan = this.capacity.plan(cells, work, workFrom, workFrom + HORIZON_DAYS * DAY_MS);
      return plan.kind === 'WorkPlaced' ? plan.endsAt : null;
    });
    return decidePromise(tries, ends, wantedBy);
  }

  /** Where the work of a promise that was decided on these cells would stand, if it is accepted in its last moment. */
  chunks(
    cells: readonly LockedCell[],
    work: Work,
    leadHours: number,
    { validUntil }: Pick<Promised, 'validUntil'>,
  ): readonly WorkChunk[] {
    const workFrom = validUntil + leadHours * HOUR_MS;
    const plan = this.capacity.plan(cells, work, workFrom, workFrom + HORIZON_DAYS * DAY_MS);
    if (plan.kind !== 'WorkPlaced') throw new Error('what was promised on these cells has no place on them');
    return plan.chunks;
  }
}
