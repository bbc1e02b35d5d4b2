import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { refuseHours } from '../input.js';
import { ChangedHours } from '../changed-hours.js';
import { OpeningsRepository } from '../openings.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import {
  OpeningHoursSet,
  type SetOpeningHoursInput,
  type SetOpeningHoursOutcome,
} from './set-opening-hours.types.js';

/** Replaces a workshop's weekly hours; what is booked already stays, and who waits is offered what has opened at once. */
@Injectable()
export class SetOpeningHours {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WorkshopsRepository) private readonly workshops: WorkshopsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
    @Inject(ChangedHours) private readonly hours: ChangedHours,
  ) {}

  async run({ coopId, workshopId, openingHours }: SetOpeningHoursInput): Promise<SetOpeningHoursOutcome> {
    const refused = refuseHours(openingHours);
    if (refused !== null) return refused;
    if (!isUuid(workshopId)) return new NotFound('workshop');
    return this.transactions.run<'OpeningHoursSet', SetOpeningHoursOutcome>(
      ['OpeningHoursSet'],
      async (tx) => {
        await tx.lock('workshop', coopId, [workshopId]);
        const [workshop] = await this.workshops.byIds(tx, [{ coopId, id: workshopId }]);
        if (workshop === undefined) return new NotFound('workshop');
        await this.hours.run(tx, { coopId, workshopId, cellId: null }, () =>
          this.openings.replaceHours(tx, coopId, workshopId, openingHours),
        );
        return new OpeningHoursSet(workshop);
      },
    );
  }
}
