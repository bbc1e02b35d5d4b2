import { Inject, Injectable } from '@nestjs/common';
import { dayWindow, epochDayOf } from '@touchmark/calendar';
import { Transactions, newId, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { ChangedHours } from '../changed-hours.js';
import { CellsRepository } from '../cells.repository.js';
import { refuseText } from '../input.js';
import { OpeningsRepository, type ClosureRow } from '../openings.repository.js';
import { findPlace } from '../place.js';
import { ClosureKind } from '../workshop.types.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { HolidaysAdded, type AddHolidaysInput, type AddHolidaysOutcome } from './add-holidays.types.js';

const MOST_DATES = 100;

/** Closes a workshop, a cell or a station on whole days by its clocks; what is booked already stays. */
@Injectable()
export class AddHolidays {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WorkshopsRepository) private readonly workshops: WorkshopsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
    @Inject(CellsRepository) private readonly cells: CellsRepository,
    @Inject(ChangedHours) private readonly hours: ChangedHours,
  ) {}

  async run(input: AddHolidaysInput): Promise<AddHolidaysOutcome> {
    const days = daysOf(input.dates);
    if (days instanceof InputRefused) return days;
    const refused = refuseText('reason', input.reason, 240);
    if (refused !== null) return refused;
    if (!isUuid(input.workshopId)) return new NotFound('workshop');
    return this.transactions.run<'HolidaysAdded', AddHolidaysOutcome>(['HolidaysAdded'], (tx) =>
      this.add(tx, input, days),
    );
  }

  private async add(
    tx: Transaction,
    input: AddHolidaysInput,
    days: readonly number[],
  ): Promise<AddHolidaysOutcome> {
    const { coopId, workshopId } = input;
    await tx.lock('workshop', coopId, [workshopId]);
    const [workshop] = await this.workshops.byIds(tx, [{ coopId, id: workshopId }]);
    if (workshop === undefined) return new NotFound('workshop');
    const place = await findPlace(this.cells, tx, input);
    if (place.kind === 'NotFound') return place;
    const { cellId, stationId } = place;
    const closures = days.map((day): ClosureRow => {
      const { fromAt, toAt } = dayWindow(workshop.timeZone, day);
      return {
        ...{ coopId, workshopId, id: newId(), kind: ClosureKind.HOLIDAY, cellId, stationId },
        ...{ fromAt: new Date(fromAt), toAt: new Date(toAt), reason: input.reason.trim() },
      };
    });
    const starts = closures.map((closure) => closure.fromAt);
    const known = await this.openings.holidaysAt(tx, { coopId, workshopId, cellId, stationId }, starts);
    if (known.length > 0) return refuseKnown(input.dates, starts, known);
    await this.hours.run(tx, { coopId, workshopId, cellId }, () =>
      this.openings.insertClosures(tx, closures),
    );
    return new HolidaysAdded(closures);
  }
}

function refuseKnown(
  dates: readonly string[],
  starts: readonly Date[],
  known: readonly Date[],
): InputRefused {
  const times = known.map((at) => at.getTime());
  const taken = dates.filter((_, index) => times.includes(starts[index]?.getTime() ?? NaN));
  return new InputRefused(
    'dates',
    `${taken.join(', ')} is a holiday here already. Leave it out; nothing was added.`,
  );
}

function daysOf(dates: readonly string[]): number[] | InputRefused {
  if (dates.length < 1 || dates.length > MOST_DATES)
    return new InputRefused(
      'dates',
      `dates has ${String(dates.length)} days; give 1 to ${String(MOST_DATES)}.`,
    );
  const days = dates.map(epochDayOf);
  const wrong = days.indexOf(null);
  if (wrong >= 0)
    return new InputRefused('dates', `${dates[wrong] ?? ''} is no day. Write days such as 2026-12-25.`);
  if (new Set(days).size < days.length)
    return new InputRefused('dates', 'A day is given twice. Give each day once.');
  return days.filter((day) => day !== null);
}
