import type { Minute } from './calendar.js';

/** Minutes that a member has bought ahead; they pay for windows that start before `expiresAt`, in epoch minutes. */
export interface Pack {
  readonly id: string;
  readonly minutes: number;
  readonly expiresAt: Minute;
}

/** Whether a claim has the prepaid minutes that were used for it, while it stands or for good. */
export type Keeps = (claimId: string) => boolean;

interface Share {
  readonly packId: string;
  readonly minutes: number;
}

/** The prepaid minutes of one member, pack by pack. */
export class Credits {
  private packs: { readonly pack: Pack; readonly uses: { claimId: string; minutes: number }[] }[] = [];

  constructor(private readonly keeps: Keeps) {}

  buy(pack: Pack, now: number): void {
    // What has expired pays for nothing that is still to come.
    this.packs = this.packs.filter((one) => one.pack.expiresAt * 60_000 > now);
    this.packs.push({ pack, uses: [] });
  }

  /** How many minutes of a window of so many that starts then are prepaid. */
  payable(minutes: number, from: Minute): number {
    return this.shares(minutes, from).reduce((sum, share) => sum + share.minutes, 0);
  }

  use(claimId: string, minutes: number, from: Minute): void {
    for (const { packId, minutes: share } of this.shares(minutes, from))
      this.packs.find(({ pack }) => pack.id === packId)?.uses.push({ claimId, minutes: share });
  }

  /** What each pack pays, soonest to expire first. */
  private shares(minutes: number, from: Minute): Share[] {
    let wanted = minutes;
    return [...this.packs]
      .filter(({ pack }) => pack.expiresAt > from)
      .sort((a, b) => a.pack.expiresAt - b.pack.expiresAt || (a.pack.id < b.pack.id ? -1 : 1))
      .map(({ pack, uses }) => {
        const used = uses.filter(({ claimId }) => this.keeps(claimId));
        const left = used.reduce((rest, use) => rest - use.minutes, pack.minutes);
        const share = Math.min(wanted, left);
        wanted -= share;
        return { packId: pack.id, minutes: share };
      });
  }
}
