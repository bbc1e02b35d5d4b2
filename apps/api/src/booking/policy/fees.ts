import { MINUTE_MS } from '@touchmark/calendar';
import { cancelFee, type CancelTier } from '@touchmark/pricing';
import type { LockedClaim } from '../change-claim.js';

/** What a claim still costs when it is ended, and why. */
export interface Fee {
  readonly minor: bigint;
  /** Prepaid minutes cannot be parted: they are kept where the whole price is to be paid, else they come back. */
  readonly keepsCredits: boolean;
  /** Why it costs nothing whatever the policy says; null where the policy decides. */
  readonly waivedBecause: string | null;
}

/** A claim that is ended at a moment, or would be. */
export type Ended = Pick<LockedClaim, 'claim' | 'policy' | 'outOfService'> & {
  readonly cell: Pick<LockedClaim['cell'], 'now'>;
};

const OUT_OF_SERVICE = 'Its station is out of service during its time, so it costs nothing.';

/** Nothing is owed, whatever the policy says. */
export function noFee(waivedBecause: string | null): Fee {
  return { minor: 0n, keepsCredits: false, waivedBecause };
}

/** The fee of the notice that is given now; nothing for a hold, or while the station cannot be used. */
export function noticeFee(ended: Ended): Fee {
  const { claim, cell, policy } = ended;
  if (claim.state !== 'confirmed') return noFee(null);
  const notice = (claim.fromAt.getTime() - cell.now.getTime()) / MINUTE_MS;
  return feeOf(ended, policy.cancelTiers, notice);
}

/** The last moment at which the notice costs what it costs now; the start where nothing changes before. */
export function noticeFeeUntil(ended: Ended): Date {
  const { claim, cell, policy } = ended;
  const fee = noticeFee(ended);
  const changes = policy.cancelTiers
    .map(({ noticeHours }) => claim.fromAt.getTime() - noticeHours * 60 * MINUTE_MS)
    .filter((lastAt) => lastAt >= cell.now.getTime() && lastAt < claim.fromAt.getTime())
    .sort((a, b) => a - b)
    .find((lastAt) => {
      const next = noticeFee({ ...ended, cell: { now: new Date(lastAt + 1) } });
      return next.minor !== fee.minor || next.keepsCredits !== fee.keepsCredits;
    });
  return changes === undefined ? claim.fromAt : new Date(changes);
}

/** The fee for staying away; nothing while the station could not be used. */
export function noShowFee(ended: Ended): Fee {
  return feeOf(ended, [{ noticeHours: 0, feePercent: ended.policy.noShowPercent }], 0);
}

function feeOf({ claim, outOfService }: Ended, tiers: readonly CancelTier[], notice: number): Fee {
  if (outOfService) return noFee(OUT_OF_SERVICE);
  const minor = cancelFee(tiers, claim.priceMinor, notice);
  return { minor, keepsCredits: cancelFee(tiers, 100n, notice) === 100n, waivedBecause: null };
}
