import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { commitmentOf, decideRound } from '@touchmark/rounds';
import { RoundClaims } from '../../booking/index.js';
import { Blocks } from '../../chain/index.js';
import {
  Database,
  Transactions,
  claimRequest,
  newId,
  type Transaction,
} from '../../platform/database/index.js';
import { InputRefused, NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { EntriesRepository } from '../entries.repository.js';
import { RoundsRepository } from '../rounds.repository.js';
import {
  ChainNotReady,
  RoundOpened,
  RoundSlotRefused,
  type OpenRoundInput,
  type OpenRoundOutcome,
} from './open-round.types.js';

const secretBytes = (): string => randomBytes(32).toString('hex');

/** Takes slots of a cell out of booking, to be drawn among those who ask for them until a deadline. */
@Injectable()
export class OpenRound {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(RoundsRepository) private readonly rounds: RoundsRepository,
    @Inject(EntriesRepository) private readonly entries: EntriesRepository,
    @Inject(RoundClaims) private readonly claims: RoundClaims,
    @Inject(Blocks) private readonly blocks: Blocks,
  ) {}

  async run(actorId: string, input: OpenRoundInput): Promise<OpenRoundOutcome> {
    const { coopId, cellId, slots } = input;
    if (!isUuid(coopId) || !isUuid(cellId)) return new NotFound('cell');
    if (slots.some((slot) => typeof slot.stationId === 'string' && !isUuid(slot.stationId)))
      return new NotFound('station');
    const refused = decided(input, await this.database.now());
    if (refused !== null) return refused;
    if (!(await this.blocks.available())) return new ChainNotReady();
    return this.transactions.run<'RoundOpened', OpenRoundOutcome>(['RoundOpened'], (tx) =>
      this.open(tx, actorId, input),
    );
  }

  private async open(tx: Transaction, actorId: string, input: OpenRoundInput): Promise<OpenRoundOutcome> {
    const { coopId, cellId, requestId, slots, cap, deadlineAt } = input;
    const id = newId();
    const request = { actorId, operation: 'openRound', requestId, input, subjectId: id };
    const claim = await claimRequest(tx, request);
    if (claim.kind === 'Reused') return new RequestIdReused();
    if (claim.kind === 'Seen') return this.opened(tx, coopId, claim.subjectId);
    await this.claims.lock(tx, { coopId, cellId }, []);
    const now = await tx.now();
    const late = decided(input, now);
    if (late !== null) return late;
    const [secret, salt] = [secretBytes(), secretBytes()];
    const commitment = commitmentOf(secret);
    const round = { id, cellId, cap, openedBy: actorId, deadlineAt, secret, salt, commitment };
    if (!(await this.rounds.insert(tx, coopId, round, now))) return new NotFound('cell');
    const windows = slots.map(({ fromAt, toAt, stationId }) => ({
      ...{ fromAt: fromAt.getTime(), toAt: toAt.getTime(), stationId: stationId ?? null },
    }));
    const taken = await this.claims.take(tx, { coopId, cellId, roundId: id, actorId }, windows, now);
    if (taken.kind === 'NoSuchCell') return new NotFound('cell');
    if (taken.kind === 'SlotRefused') return new RoundSlotRefused(taken.place + 1, taken.message);
    await this.entries.addSlots(tx, coopId, id, taken.claims);
    return this.opened(tx, coopId, id);
  }

  private async opened(tx: Transaction, coopId: string, id: string): Promise<RoundOpened | NotFound> {
    const round = await this.rounds.byId(tx, coopId, id);
    return round === null ? new NotFound('round') : new RoundOpened(round);
  }
}

function decided({ deadlineAt, cap, slots }: OpenRoundInput, now: Date): InputRefused | null {
  const decision = decideRound({
    ...{ now: now.getTime(), deadlineAt: deadlineAt.getTime(), cap },
    slotStarts: slots.map((slot) => slot.fromAt.getTime()),
  });
  return decision.kind === 'RoundAccepted' ? null : new InputRefused(decision.field, decision.message);
}
