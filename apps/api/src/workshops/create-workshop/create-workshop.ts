import { Inject, Injectable } from '@nestjs/common';
import { isTimeZone } from '@touchmark/calendar';
import { Transactions, newId } from '../../platform/database/index.js';
import { InputRefused } from '../../platform/graphql/index.js';
import { refuseHours, refuseText } from '../input.js';
import { OpeningsRepository } from '../openings.repository.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import {
  WorkshopCreated,
  type CreateWorkshopInput,
  type CreateWorkshopOutcome,
} from './create-workshop.types.js';

/** Adds a workshop with its time zone and weekly hours. */
@Injectable()
export class CreateWorkshop {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(WorkshopsRepository) private readonly workshops: WorkshopsRepository,
    @Inject(OpeningsRepository) private readonly openings: OpeningsRepository,
  ) {}

  async run(input: CreateWorkshopInput): Promise<CreateWorkshopOutcome> {
    const refused = refuse(input);
    if (refused !== null) return refused;
    const { coopId, timeZone, openingHours } = input;
    return this.transactions.run<'WorkshopCreated', CreateWorkshopOutcome>(
      ['WorkshopCreated'],
      async (tx) => {
        const workshop = {
          coopId,
          id: newId(),
          name: input.name.trim(),
          address: input.address.trim(),
          timeZone,
        };
        await this.workshops.insert(tx, workshop);
        await this.openings.replaceHours(tx, coopId, workshop.id, openingHours);
        return new WorkshopCreated(workshop);
      },
    );
  }
}

function refuse(input: CreateWorkshopInput): InputRefused | null {
  if (!isTimeZone(input.timeZone))
    return new InputRefused(
      'timeZone',
      'The time zone is not known. Use an IANA name such as Europe/Berlin, and no abbreviation.',
    );
  return (
    refuseText('name', input.name, 120) ??
    refuseText('address', input.address, 240) ??
    refuseHours(input.openingHours)
  );
}
