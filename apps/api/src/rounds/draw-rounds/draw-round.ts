import { Inject, Injectable } from '@nestjs/common';
import { allocate, requestsDigest, seedOf, type RoundWin } from '@touchmark/rounds';
import { RoundClaims } from '../../booking/index.js';
import type { FinalBlock } from '../../chain/index.js';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository, type EntrantRow, type LockedRound, type WinRow } from '../rounds.repository.js';
import { TellEntrants } from './tell-entrants.js';

/** Thrown when what is to be drawn is not what was fixed at the deadline: somebody has changed the tables by hand. */
export class RoundTamperedError extends Error {
  override readonly name = 'RoundTamperedError';
}

type DrawOutcome = { readonly kind: 'RoundDrawn' } | { readonly kind: 'NotClosed' };

/** Gives out the slots of a closed round by the published rule, in one transaction with the holds of the winners. */
@Injectable()
export class DrawRound {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(RoundClaims) private readonly claims: RoundClaims,
    @Inject(TellEntrants) private readonly entrants: TellEntrants,
  ) {}

  /** True when this call drew it; drawing it again changes nothing. */
  async run(coopId: string, id: string, block: FinalBlock): Promise<boolean> {
    const outcome = await this.transactions.run<'RoundDrawn', DrawOutcome>(['RoundDrawn'], async (tx) => {
      const round = await this.rounds.lock(tx, coopId, id);
      if (round?.state !== 'closed') return { kind: 'NotClosed' };
      const requests = await this.entries.entrants(tx, coopId, id);
      const [published, seed] = [await this.rounds.byId(tx, coopId, id), seedOf(round.secret, block.hash)];
      if (published?.requestsDigest !== requestsDigest(requests))
        throw new RoundTamperedError(
          `the requests of round ${id} are not those of its deadline; it is not drawn`,
        );
      const slots = Array.from({ length: round.slots }, (_, place) => place + 1);
      const wins = allocate({ slots, requests, cap: round.cap, seed });
      await this.give(tx, coopId, round, { wins, requests, block, seed });
      return { kind: 'RoundDrawn' };
    });
    return outcome.kind === 'RoundDrawn';
  }

  private async give(
    tx: Transaction,
    coopId: string,
    round: LockedRound,
    of: {
      readonly wins: readonly RoundWin[];
      readonly requests: readonly EntrantRow[];
      readonly block: FinalBlock;
      readonly seed: string;
    },
  ): Promise<void> {
    const { id, cellId, openedBy: actorId } = round;
    const accounts = new Map(of.requests.map((request) => [request.pseudonym, request.accountId]));
    const winnerOf = (number: number): string | null =>
      accounts.get(of.wins.find((win) => win.slot === number)?.pseudonym ?? '') ?? null;
    await this.claims.lock(tx, { coopId, cellId }, [...accounts.values()]);
    const now = await tx.now();
    // What was fixed is drawn, but who is no member any more gets nothing of it.
    const former = await this.entries.former(tx, coopId, id);
    const holderOf = (number: number): string | null => {
      const winner = winnerOf(number);
      return winner !== null && former.has(winner) ? null : winner;
    };
    // Read under the lock of the cell: until then a claim may be moved to another station.
    const slots = await this.entries.slots(tx, coopId, id);
    const drawn = slots.map(({ number, claimId, stationId, fromAt, toAt }) => ({
      ...{ claimId, stationId, winner: holderOf(number), fromAt: fromAt.getTime(), toAt: toAt.getTime() },
    }));
    const holds = await this.claims.give(tx, { coopId, cellId, roundId: id, actorId }, drawn, now);
    const rows: WinRow[] = of.wins.map((win) => ({
      ...win,
      accountId: accounts.get(win.pseudonym) ?? '',
      bookingId: holds[slots.findIndex((slot) => slot.number === win.slot)]?.id ?? null,
    }));
    this.rounds.saveWins(tx, coopId, id, rows);
    this.rounds.draw(tx, coopId, id, of.block, of.seed, now);
    await this.entrants.tell(tx, coopId, round, of.requests, rows);
  }
}
