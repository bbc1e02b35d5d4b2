import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { CellsRepository } from '../cells.repository.js';
import { refuseHours } from '../input.js';
import { ChangedHours } from '../changed-hours.js';
import { OwnHoursRepository } from '../own-hours.repository.js';
import { findPlace } from '../place.js';
import { OwnHoursSet, type SetOwnHoursInput, type SetOwnHoursOutcome } from './set-own-hours.types.js';

/** Gives a cell or a station weekly hours of its own, or takes them away; what is booked stays, who waits is offered what has opened. */
@Injectable()
export class SetOwnHours {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
    @Inject(OwnHoursRepository) private readonly ownHours: OwnHoursRepository,
    @Inject(ChangedHours) private readonly hours: ChangedHours,
  ) {}

  async run(input: SetOwnHoursInput): Promise<SetOwnHoursOutcome> {
    const { coopId, cellId, openingHours } = input;
    const refused = refuseHours(openingHours);
    if (refused !== null) return refused;
    if (!isUuid(cellId)) return new NotFound('cell');
    return this.transactions.run<'OwnHoursSet', SetOwnHoursOutcome>(['OwnHoursSet'], async (tx) => {
      const [cell] = await this.cells.byIds(tx, [{ coopId, id: cellId }]);
      if (cell === undefined) return new NotFound('cell');
      const { workshopId } = cell;
      await tx.lock('workshop', coopId, [workshopId]);
      const place = await findPlace(this.cells, tx, { ...input, workshopId });
      if (place.kind === 'NotFound') return place;
      const { stationId } = place;
      await this.hours.run(tx, { coopId, workshopId, cellId }, () =>
        this.ownHours.replace(tx, { coopId, workshopId, cellId, stationId }, openingHours),
      );
      return new OwnHoursSet(cell);
    });
  }
}
