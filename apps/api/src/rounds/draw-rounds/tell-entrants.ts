import { Inject, Injectable } from '@nestjs/common';
import { Notices, type NewNotice } from '../../notices/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { EntrantRow, LockedRound, WinRow } from '../rounds.repository.js';

const CHECK = 'Anybody can check the draw: npm run round -- with the address of the published round.';

/** Tells everybody who asked in a round what came of it. */
@Injectable()
export class TellEntrants {
  constructor(@Inject(Notices) private readonly notices: Notices) {}

  /** Tells everybody who asked that it will not be drawn. */
  tellCalledOff(
    tx: Transaction,
    coopId: string,
    round: Pick<LockedRound, 'id'>,
    requests: readonly EntrantRow[],
  ): Promise<void> {
    const link = `/rounds/${coopId}/${round.id}.json`;
    return this.notices.tell(
      tx,
      requests.map(({ accountId }) => ({ ...CALLED_OFF, coopId, accountId, link })),
    );
  }

  tell(
    tx: Transaction,
    coopId: string,
    round: Pick<LockedRound, 'id'>,
    requests: readonly EntrantRow[],
    wins: readonly WinRow[],
  ): Promise<void> {
    return this.notices.tell(
      tx,
      requests.map(({ accountId }) => ({
        ...words(wins.filter((win) => win.accountId === accountId)),
        ...{ coopId, accountId, link: `/rounds/${coopId}/${round.id}.json` },
      })),
    );
  }
}

/** What is told to those who asked in a round that was called off. */
export const CALLED_OFF = {
  kind: 'round_called_off',
  title: 'The round was called off: nothing is drawn',
  body: 'Its slots can be booked by everybody again, and no win is counted. What you had asked for is not kept.',
} as const;

function words(wins: readonly WinRow[]): Pick<NewNotice, 'kind' | 'title' | 'body'> {
  if (wins.length === 0)
    return {
      kind: 'round_lost',
      title: 'The round is drawn: no slot this time',
      body: `Who has won less before comes first in the next round of this cell. ${CHECK}`,
    };
  const slots = wins.map((win) => String(win.slot)).join(' and ');
  const held = wins.filter((win) => win.bookingId !== null);
  const next =
    held.length === wins.length
      ? 'Confirm within 48 hours, and before the slot starts; otherwise it goes to whoever waits.'
      : 'Some of it could not be held any more: its time has come, the station is closed then, your quota is used up, or your induction is not valid.';
  return { kind: 'round_won', title: `The round is drawn: you won slot ${slots}`, body: `${next} ${CHECK}` };
}
