import { Inject, Injectable } from '@nestjs/common';
import { isGrid } from '@touchmark/calendar';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { CellsRepository } from '../cells.repository.js';
import { refuseKind, refuseNumber, refuseText } from '../input.js';
import { CellCreated, type CreateCellInput, type CreateCellOutcome } from './create-cell.types.js';

const HIGHEST_RATE_MINOR = 100_000_000n;

/** Adds a cell of one kind with its identical stations to a workshop. */
@Injectable()
export class CreateCell {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
  ) {}

  async run(input: CreateCellInput): Promise<CreateCellOutcome> {
    const refused = refuse(input);
    if (refused !== null) return refused;
    const { coopId, workshopId, kind, gridMinutes, maxMinutes, hourlyRateMinor } = input;
    if (!isUuid(workshopId)) return new NotFound('workshop');
    return this.transactions.run<'CellCreated', CreateCellOutcome>(['CellCreated'], async (tx) => {
      const [workshop] = await tx.lock('workshop', coopId, [workshopId]);
      if (workshop === undefined) return new NotFound('workshop');
      const name = input.name.trim();
      const cell = { coopId, id: newId(), workshopId, kind, name, gridMinutes, maxMinutes, hourlyRateMinor };
      await this.cells.insert(tx, cell, input.stations);
      return new CellCreated(cell);
    });
  }
}

function refuse(input: CreateCellInput): InputRefused | null {
  const { kind, gridMinutes, maxMinutes, hourlyRateMinor } = input;
  if (!isGrid(gridMinutes) || gridMinutes > 240)
    return new InputRefused(
      'gridMinutes',
      'gridMinutes must divide the day: 5, 10, 15, 20, 30, 60 and so on up to 240.',
    );
  if (maxMinutes % gridMinutes !== 0)
    return new InputRefused('maxMinutes', 'maxMinutes must be a multiple of gridMinutes.');
  if (hourlyRateMinor < 0n || hourlyRateMinor > HIGHEST_RATE_MINOR)
    return new InputRefused('hourlyRateMinor', 'hourlyRateMinor takes 0 to 100000000 minor units an hour.');
  return (
    refuseKind('kind', kind) ??
    refuseText('name', input.name, 120) ??
    refuseNumber('stations', input.stations, 1, 100) ??
    refuseNumber('maxMinutes', maxMinutes, gridMinutes, 1440)
  );
}
