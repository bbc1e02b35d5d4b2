import { Inject, Injectable } from '@nestjs/common';
import { decideTiers } from '@touchmark/pricing';
import { Transactions } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { PoliciesRepository } from '../policy/policies.repository.js';
import {
  BookingPolicySet,
  type SetBookingPolicyInput,
  type SetBookingPolicyOutcome,
} from './set-booking-policy.types.js';

const RANGES = [
  ['noShowPercent', 0, 100],
  ['noShowAfterMinutes', 0, 240],
  ['waitingAnswerMinutes', 5, 2880],
] as const;

/** Puts a co-op's policy in the place of the one before; it counts for what is ended from now on. */
@Injectable()
export class SetBookingPolicy {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(PoliciesRepository) private readonly policies: PoliciesRepository,
  ) {}

  async run(input: SetBookingPolicyInput): Promise<SetBookingPolicyOutcome> {
    const { coopId, ...policy } = input;
    const refused = refuse(input);
    if (refused !== null) return refused;
    return this.transactions.run<'BookingPolicySet', SetBookingPolicyOutcome>(
      ['BookingPolicySet'],
      async (tx) => {
        await this.policies.save(tx, coopId, policy);
        return new BookingPolicySet(policy);
      },
    );
  }
}

function refuse(input: SetBookingPolicyInput): InputRefused | null {
  const tiers = decideTiers(input.cancelTiers);
  if (tiers.kind === 'TiersInvalid') return new InputRefused('cancelTiers', tiers.message);
  for (const [field, least, most] of RANGES) {
    const value = input[field];
    if (value >= least && value <= most) continue;
    const message = `${field} was ${String(value)}; give a whole number from ${String(least)} to ${String(most)}.`;
    return new InputRefused(field, message);
  }
  return null;
}
