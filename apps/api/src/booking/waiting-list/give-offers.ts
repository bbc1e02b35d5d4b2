import { Inject, Injectable } from '@nestjs/common';
import {
  MINUTE_MS,
  choosePlacement,
  chooseOffer,
  type CellNow,
  type NextPlacement,
  type Offer,
  type Placement,
  type Willing,
} from '@touchmark/calendar';
import { CreditUses } from '../../allowances/index.js';
import { Notices } from '../../notices/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import type { LockedCell } from '../claims/locked-cell.js';
import { horizonOf } from '../hold-slot/refusals.js';
import { PoliciesRepository, type Policy } from '../policy/policies.repository.js';
import { CellForMember } from '../terms/cell-for-member.js';
import { refuseInduction, type Terms, type TermsDecision } from '../terms/member-terms.js';
import { TermsOfMany } from '../terms/terms-of-many.js';
import { offerNotice } from './offer-notice.js';
import { WaitingEntriesRepository, type Waiter } from './waiting-entries.repository.js';

// An offer that starts soon must still leave time to answer it.
const SHORTEST_ANSWER_MS = 15 * MINUTE_MS;
// Each question is a statement under the cell's lock. Who is not served now is looked at again soon.
const MOST_QUESTIONS = 100;

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

  /** The cell is locked and loaded to the horizon, those who wait are locked too, and no dead hold is left in it. */
  async run(tx: Transaction, cell: LockedCell): Promise<void> {
    const { coopId, cellId, now } = cell;
    const [queue, policy] = await Promise.all([
      this.entries.queue(tx, coopId, cellId, now),
      this.policies.load(tx, coopId),
    ]);
    let waiting: readonly Waiter[] = queue;
    for (let questions = MOST_QUESTIONS; questions > 0;) {
      const { agreed, asked } = await this.next(tx, cell, waiting, questions);
      questions -= asked;
      if (agreed === null) break;
      await this.give(tx, cell, agreed, policy);
      waiting = waiting.filter(({ id }) => id !== agreed.offer.wish.id);
    }
    this.entries.looked(tx, coopId, cellId, now);
  }

  /** The next offer that its member can take. Whether they can is asked offer by offer, and what was answered is kept. */
  private async next(
    tx: Transaction,
    cell: LockedCell,
    waiting: readonly Waiter[],
    most: number,
  ): Promise<{ agreed: Agreed | null; asked: number }> {
    const answers = new Map<string, Willing>();
    const keyOf = ({ id }: Waiter, { fromAt, toAt }: NextPlacement): string => `${id} ${fromAt} ${toAt}`;
    for (let asked = 0; asked < most; asked += 1) {
      const offer = chooseOffer(
        cellNow(cell),
        waiting,
        (wish, window) => answers.get(keyOf(wish, window)) ?? willingAtAll(cell, wish),
      );
      if (offer === null) return { agreed: null, asked };
      const { family } = offer.wish;
      const chosen = choosePlacement(cell.timelines(), cell.matrix, offer, family, cell.now.getTime());
      if (chosen === null)
        throw new Error(`the offer to ${offer.wish.id} cannot be placed where it was found`);
      const { placement } = chosen;
      const decision = await this.ask(tx, cell, offer, placement);
      if (typeof decision === 'object') {
        return { agreed: { offer, placement, terms: decision }, asked: asked + 1 };
      }
      answers.set(keyOf(offer.wish, offer), decision);
    }
    return { agreed: null, asked: most };
  }

  private async ask(
    tx: Transaction,
    cell: LockedCell,
    { wish, fromAt, toAt }: Offer<Waiter>,
    { marginal }: Placement,
  ): Promise<Terms | Willing> {
    const { accountId, maxPriceMinor, useCredits } = wish;
    const window = { fromAt, toAt };
    const [terms] = await this.terms.read(tx, cell.coopId, cell.cellId, [{ accountId, window }]);
    if (terms === undefined) throw new Error('terms were asked for and not answered');
    const now = cell.now.getTime();
    const held = terms.memberHoldsExpireAt.filter((expiresAt) => now < expiresAt).length;
    if (held >= cell.facts.holdLimit || refuseInduction(cell, terms) !== null) return 'nothing-now';
    const request = { window, marginal, maxPriceMinor, useCredits };
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

// A family that the cell no longer has cannot be set up.
function willingAtAll(cell: LockedCell, { family }: Waiter): Willing {
  return family === null || cell.families.includes(family) ? 'takes' : 'nothing-now';
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
