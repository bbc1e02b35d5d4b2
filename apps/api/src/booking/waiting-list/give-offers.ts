import { Inject, Injectable } from '@nestjs/common';
import {
  MINUTE_MS,
  choosePlacement,
  windowsFor,
  type CellNow,
  type Offer,
  type Placement,
  type Willing,
  type Window,
} from '@touchmark/calendar';
import { leastPrice, type Tariff } from '@touchmark/pricing';
import { CreditUses } from '../../allowances/index.js';
import { Notices } from '../../notices/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { tariffOf } from '../../pricing/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { PoliciesRepository, type Policy } from '../policy/policies.repository.js';
import { CellForMember } from '../terms/cell-for-member.js';
import { refuseInduction, type Terms, type TermsDecision } from '../terms/member-terms.js';
import { TermsOfMany } from '../terms/terms-of-many.js';
import type { TermsRow } from '../terms/terms-sql.js';
import { offerNotice } from './offer-notice.js';
import { WaitingEntriesRepository, type Waiter } from './waiting-entries.repository.js';

// An offer that starts soon must still leave time to answer it.
const SHORTEST_ANSWER_MS = 15 * MINUTE_MS;
// A window is worked out and priced, a question is a statement; both under the lock of the cell. One wish cannot use up
// what a pass has for all, and who a pass does not come to is looked at by the next.
const MOST_WINDOWS_OF_WISH = 64;
const MOST_QUESTIONS_OF_WISH = 8;
const MOST_WINDOWS = 400;
const MOST_QUESTIONS = 120;

interface Budget {
  windows: number;
  questions: number;
}

/** The terms of a wish: at any start that was read already, and at that of a window. */
interface WishTerms {
  any(): TermsRow | null;
  at(window: Window): Promise<TermsRow>;
}

/** An offer that its member can take. */
interface Agreed {
  readonly offer: Offer<Waiter>;
  readonly placement: Placement;
  readonly terms: Terms;
}

/** Gives real holds to those who wait for a cell: in their order, as long as there is something for anybody. */
@Injectable()
export class GiveOffers {
  constructor(
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(CellForMember) private readonly members: CellForMember,
    @Inject(TermsOfMany) private readonly terms: TermsOfMany,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
    @Inject(CreditUses) private readonly credits: CreditUses,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(WaitingEntriesRepository) private readonly entries: WaitingEntriesRepository,
  ) {}

  /**
   * Looks over the queue in its order; the cell is locked and loaded to the horizon, those who wait are locked too, and no
   * dead hold is left in it. A pass that would hold the locks too long ends early and says so with false; `goOn` begins
   * where the last one ended, for who has freed nothing.
   */
  async run(tx: Transaction, cell: LockedCell, goOn = false): Promise<boolean> {
    const { coopId, cellId, now } = cell;
    const [queue, policy] = await Promise.all([
      this.entries.queue(tx, coopId, cellId, now),
      this.policies.load(tx, coopId),
    ]);
    const oldest = Math.min(...queue.map((wish) => wish.lookedAt));
    const waiting = goOn ? queue.slice(queue.findIndex((wish) => wish.lookedAt === oldest)) : queue;
    const [first] = waiting;
    if (first === undefined) return true;
    const tariff = tariffOf((await this.termsFor(tx, cell, first, windowOf(first))).tariff);
    const pass = { windows: MOST_WINDOWS, questions: MOST_QUESTIONS };
    const looked: string[] = [];
    for (const wish of waiting) {
      const minutes = affordableMinutes(cell, tariff, wish);
      if (minutes >= wish.leastMinutes) {
        if (pass.windows <= 0 || pass.questions <= 0) break;
        const agreed = await this.agree(tx, cell, wish, minutes, pass);
        if (agreed !== null) await this.give(tx, cell, agreed, policy);
      }
      looked.push(wish.id);
    }
    this.entries.looked(tx, coopId, looked, now);
    return looked.length === waiting.length;
  }

  /** The best window that its member can take, as far as one wish may be asked about; takes its cost off the pass. */
  private async agree(
    tx: Transaction,
    cell: LockedCell,
    wish: Waiter,
    mostMinutes: number,
    pass: Budget,
  ): Promise<Agreed | null> {
    pass.windows -= 1;
    if (wish.family !== null && !cell.families.includes(wish.family)) return null;
    const left = { windows: MOST_WINDOWS_OF_WISH, questions: MOST_QUESTIONS_OF_WISH };
    const terms = this.termsOf(tx, cell, wish, [left, pass]);
    const windows = windowsFor(cellNow(cell), wish, mostMinutes);
    for (let next = windows.next(); next.done !== true;) {
      if (left.windows <= 0 || left.questions <= 0) return null;
      left.windows -= 1;
      pass.windows -= 1;
      const offer = { ...next.value, wish };
      const chosen = choosePlacement(cell.timelines(), cell.matrix, offer, wish.family, cell.now.getTime());
      if (chosen === null) throw new Error(`the offer to ${wish.id} cannot be placed where it was found`);
      const decision = await this.ask(tx, cell, offer, chosen.placement, terms);
      if (typeof decision === 'object') return { offer, placement: chosen.placement, terms: decision };
      next = windows.next(decision);
    }
    return null;
  }

  /** The terms of one wish by the start of its window, each read once: nothing of them depends on its length. */
  private termsOf(tx: Transaction, cell: LockedCell, wish: Waiter, budgets: readonly Budget[]): WishTerms {
    const known = new Map<number, TermsRow>();
    return {
      any: () => known.values().next().value ?? null,
      at: async (window) => {
        const read = known.get(window.fromAt);
        if (read !== undefined) return read;
        for (const budget of budgets) budget.questions -= 1;
        const terms = await this.termsFor(tx, cell, wish, window);
        known.set(window.fromAt, terms);
        return terms;
      },
    };
  }

  private async termsFor(
    tx: Transaction,
    cell: LockedCell,
    { accountId }: Waiter,
    window: Window,
  ): Promise<TermsRow> {
    const [terms] = await this.terms.read(tx, cell.coopId, cell.cellId, [{ accountId, window }]);
    if (terms === undefined) throw new Error('terms were asked for and not answered');
    return terms;
  }

  private async ask(
    tx: Transaction,
    cell: LockedCell,
    { wish, fromAt, toAt }: Offer<Waiter>,
    { marginal }: Placement,
    wishTerms: WishTerms,
  ): Promise<Terms | Willing> {
    const { maxPriceMinor, useCredits } = wish;
    const window = { fromAt, toAt };
    const request = { window, marginal, maxPriceMinor, useCredits };
    const other = wishTerms.any();
    if (other !== null && !useCredits) {
      // Without prepaid minutes a price needs nothing that is read for its window alone.
      const decision = await this.members.decide(tx, { cell, terms: other }, request);
      if (decision.kind === 'PriceAboveMax') return 'not-this-window';
    }
    const terms = await wishTerms.at(window);
    const now = cell.now.getTime();
    const held = terms.memberHoldsExpireAt.filter((expiresAt) => now < expiresAt).length;
    if (held >= cell.facts.holdLimit || refuseInduction(cell, terms) !== null) return 'nothing-now';
    return willingOf(await this.members.decide(tx, { cell, terms }, request));
  }

  private async give(
    tx: Transaction,
    cell: LockedCell,
    { offer, placement, terms }: Agreed,
    { waitingAnswerMinutes }: Policy,
  ): Promise<void> {
    const { wish, fromAt, toAt } = offer;
    const { accountId, family } = wish;
    const now = cell.now.getTime();
    const latest = Math.min(toAt, Math.max(fromAt, now + SHORTEST_ANSWER_MS));
    const expiresAt = new Date(Math.min(now + waitingAnswerMinutes * MINUTE_MS, latest));
    const { priceMinor, priceLines, creditUses } = terms;
    const booking = await this.claims.put(
      tx,
      cell,
      {
        ...{ fromAt, toAt, accountId, actorId: null, state: 'held', origin: 'waiting', family },
        ...{ priceMinor, priceLines, expiresAt },
      },
      placement,
    );
    if (creditUses.length > 0) this.credits.use(tx, cell.coopId, booking.id, creditUses);
    this.entries.offer(tx, cell.coopId, wish.id, booking.id, cell.now);
    const slug = await this.entries.slugOf(tx, cell.coopId);
    await this.notices.tell(tx, [offerNotice(cell.facts, slug, booking, offer.minutes < wish.minutes)]);
  }
}

/** A locked cell as the decisions on its queue take it. */
export function cellNow(cell: LockedCell): CellNow {
  const { timeZone: zone, gridMinutes } = cell.facts;
  const [now, horizonAt] = [cell.now.getTime(), horizonOf(cell)];
  return { timelines: cell.timelines(), matrix: cell.matrix, zone, gridMinutes, horizonAt, now };
}

const windowOf = ({ earliestAt, minutes }: Waiter): Window => ({
  fromAt: earliestAt,
  toAt: earliestAt + minutes * MINUTE_MS,
});

/** The most minutes of a wish that its highest price could ever pay; prepaid minutes could pay for all of them. */
function affordableMinutes(cell: LockedCell, tariff: Tariff, wish: Waiter): number {
  const { maxPriceMinor, minutes: most, useCredits } = wish;
  if (maxPriceMinor === null || useCredits) return most;
  const { gridMinutes } = cell.facts;
  const { hourlyRateMinor } = cell;
  const dear = (minutes: number): boolean =>
    leastPrice({ tariff, hourlyRateMinor, minutes, memberClass: null }) > maxPriceMinor;
  let minutes = most;
  while (minutes >= wish.leastMinutes && dear(minutes)) minutes -= gridMinutes;
  return minutes;
}

function willingOf(decision: TermsDecision): Terms | Willing {
  switch (decision.kind) {
    case 'TermsAccepted':
      return decision;
    case 'PriceAboveMax':
      return 'not-this-window';
    case 'QuotaExceeded':
      return 'not-this-length';
    case 'InductionNeeded':
      return 'nothing-now';
    default:
      return decision satisfies never;
  }
}
