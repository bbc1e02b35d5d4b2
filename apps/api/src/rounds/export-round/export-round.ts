import { Inject, Injectable } from '@nestjs/common';
import { ROUND_RULE, canonicalRound, type RoundDocument } from '@touchmark/rounds';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';
import type { RoundSlotType, RoundType } from '../rounds.types.js';

/** A round as anybody may read it: canonical JSON, without a name in it. */
@Injectable()
export class ExportRound {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
  ) {}

  /** Null when there is no such round. */
  async run(coopId: string, id: string): Promise<string | null> {
    if (!isUuid(coopId) || !isUuid(id)) return null;
    const round = await this.rounds.byId(this.database, coopId, id);
    if (round === null) return null;
    const [slots, entrants] = await Promise.all([
      this.entries.shown(this.database, [{ coopId, id: round.id }], null),
      this.entries.entrants(this.database, coopId, id),
    ]);
    const requests = entrants.map(({ pseudonym, pastWins, first, second, beyondQuota = [] }) => ({
      ...{ pseudonym, pastWins, first, second },
      ...(beyondQuota.length === 0 ? {} : { beyondQuota }),
    }));
    return canonicalRound(documentOf(round, slots, requests));
  }
}

function documentOf(
  round: RoundType,
  slots: readonly RoundSlotType[],
  requests: RoundDocument['requests'],
): RoundDocument {
  const { block } = round;
  return {
    ...{ rule: ROUND_RULE, roundId: round.id, cellId: round.cellId, state: round.state, cap: round.cap },
    ...{ openedAt: round.openedAt.toISOString(), deadlineAt: round.deadlineAt.toISOString() },
    ...{ commitment: round.commitment, requests, requestsDigest: round.requestsDigest },
    slots: slots.map(({ number, stationId, fromAt, toAt }) => ({
      ...{ number, stationId, fromAt: fromAt.toISOString(), toAt: toAt.toISOString() },
    })),
    block: block === null ? null : { ...block, time: block.time.toISOString() },
    ...{ secret: round.secret, seed: round.seed },
    wins: round.state === 'drawn' ? slots.flatMap(winOf) : null,
  };
}

function winOf({ number: slot, wonBy, choice }: RoundSlotType): NonNullable<RoundDocument['wins']> {
  return wonBy !== null && (choice === 1 || choice === 2) ? [{ slot, pseudonym: wonBy, choice }] : [];
}
