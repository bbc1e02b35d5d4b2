import { Injectable } from '@nestjs/common';
import type { ActualMinutesRule, CancelTier } from '@touchmark/pricing';
import type { Queryable } from '../../platform/database/index.js';

/** What a co-op has decided about its bookings. */
export interface Policy {
  readonly cancelTiers: readonly CancelTier[];
  readonly noShowPercent: number;
  readonly noShowAfterMinutes: number;
  readonly actualMinutes: ActualMinutesRule;
  readonly waitingAnswerMinutes: number;
}

/** Of a co-op that has decided nothing; the defaults of the table. */
export const DEFAULT_POLICY: Policy = {
  cancelTiers: [{ noticeHours: 0, feePercent: 0 }],
  noShowPercent: 100,
  noShowAfterMinutes: 15,
  actualMinutes: 'frozen',
  waitingAnswerMinutes: 60,
};

const LOAD = `SELECT cancel_tiers AS "cancelTiers", no_show_percent AS "noShowPercent",
    no_show_after_minutes AS "noShowAfterMinutes", actual_minutes AS "actualMinutes",
    waiting_answer_minutes AS "waitingAnswerMinutes" FROM booking_policy WHERE coop_id = $1`;

const SAVE = `
  INSERT INTO booking_policy (coop_id, cancel_tiers, no_show_percent, no_show_after_minutes, actual_minutes,
    waiting_answer_minutes)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (coop_id) DO UPDATE SET cancel_tiers = excluded.cancel_tiers, no_show_percent = excluded.no_show_percent,
    no_show_after_minutes = excluded.no_show_after_minutes, actual_minutes = excluded.actual_minutes,
    waiting_answer_minutes = excluded.waiting_answer_minutes`;

/** Statements on the table `booking_policy`. */
@Injectable()
export class PoliciesRepository {
  async load(q: Queryable, coopId: string): Promise<Policy> {
    const [row] = await q.query<Policy>(LOAD, [coopId]);
    return row ?? DEFAULT_POLICY;
  }

  async save(q: Queryable, coopId: string, policy: Policy): Promise<void> {
    await q.query(SAVE, [
      coopId,
      JSON.stringify(policy.cancelTiers),
      policy.noShowPercent,
      policy.noShowAfterMinutes,
      policy.actualMinutes,
      policy.waitingAnswerMinutes,
    ]);
  }
}
