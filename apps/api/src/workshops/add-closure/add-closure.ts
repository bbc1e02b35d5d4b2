import { Inject, Injectable } from '@nestjs/common';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { ChangedHours } from '../changed-hours.js';
import { CellsRepository } from '../cells.repository.js';
import { refuseText } from '../input.js';
import { OpeningsRepository } from '../openings.repository.js';
import { findPlace } from '../place.js';
import { ClosureKind } from '../workshop.types.js';
import { ClosureAdded, type AddClosureInput, type AddClosureOutcome } from './add-closure.types.js';

/** Closes a workshop, a cell or a station for a stretch of time; what is booked already stays. */
@Injectable()
export class AddClosure {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
    @Inject(ChangedHours) private readonly hours: ChangedHours,
  ) {}

  async run(input: AddClosureInput): Promise<AddClosureOutcome> {
    const { coopId, workshopId, fromAt, toAt, kind = ClosureKind.CLOSURE } = input;
    const refused = refuse(input);
    if (refused !== null) return refused;
    if (!isUuid(workshopId)) return new NotFound('workshop');
    return this.transactions.run<'ClosureAdded', AddClosureOutcome>(['ClosureAdded'], async (tx) => {
      const [workshop] = await tx.lock('workshop', coopId, [workshopId]);
      if (workshop === undefined) return new NotFound('workshop');
      const place = await findPlace(this.cells, tx, input);
      if (place.kind === 'NotFound') return place;
      const { cellId, stationId } = place;
      const reason = input.reason.trim();
      const closure = { coopId, workshopId, id: newId(), kind, cellId, stationId, fromAt, toAt, reason };
      await this.hours.run(tx, closure, () => this.openings.insertClosures(tx, [closure]));
      return new ClosureAdded(closure);
    });
  }
}

function refuse({ kind, fromAt, toAt, reason }: AddClosureInput): InputRefused | null {
  if (toAt <= fromAt)
    return new InputRefused('toAt', 'The closure ends before it starts. Choose an end after the start.');
  if (kind === ClosureKind.OUT_OF_SERVICE)
    return new InputRefused(
      'kind',
      'A closure leaves bookings where they are. Use takeOutOfService, which moves them.',
    );
  return refuseText('reason', reason, 240);
}
