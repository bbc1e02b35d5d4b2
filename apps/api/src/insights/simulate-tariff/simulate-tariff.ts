import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, dayWindow, MINUTE_MS, wallTime, weekdayOf, type Window } from '@touchmark/calendar';
import { utilisationPercent, type Tariff } from '@touchmark/pricing';
import { StationHours, dayCeiling, dayFloor } from '../../booking/index.js';
import { Accounts } from '../../membership/index.js';
import { Database } from '../../platform/database/index.js';
import { NotFound, isUuid } from '../../platform/graphql/index.js';
import { refuseTariff } from '../../pricing/index.js';
import { WorkshopUseRepository } from '../workshop-use.repository.js';
import { replayWeek } from './replay-week.js';
import {
  TariffSimulation,
  type SimulateTariffOutcome,
  type SimulatedMember,
} from './simulate-tariff.types.js';
import { Tally, byClass, type MemberTally } from './tally.js';

const QUARTER_DAYS = 90;
const MOST_MEMBERS = 100;

const ASSUMPTIONS = [
  'The same bookings would have been made at the same moments: nobody books more, less or at another time because of the price.',
  'Bookings that were cancelled, missed or lapsed are left out, also where they made a day look fuller.',
  'Base rates, opening hours and the classes of members are those of today.',
  'Prepaid hours and charges or credits for changeovers stay as they were.',
];

/** What a simulation is asked for, and whether who asks may see whose bookings they are. */
export interface TariffToTry {
  readonly coopId: string;
  readonly cellId: string | null;
  readonly tariff: Tariff;
  readonly seesNames: boolean;
}

/** Runs the bookings of the past quarter through a tariff before it is set; changes nothing. */
@Injectable()
export class SimulateTariff {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkshopUseRepository) private readonly uses: WorkshopUseRepository,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  async run(trial: TariffToTry): Promise<SimulateTariffOutcome> {
    const { coopId, cellId, tariff } = trial;
    const refused = refuseTariff(tariff);
    if (refused !== null) return refused;
    if (!isUuid(coopId) || (cellId !== null && !isUuid(cellId))) return new NotFound('cell');
    const toAt = Math.floor((await this.database.now()).getTime() / MINUTE_MS) * MINUTE_MS;
    const range = { fromAt: toAt - QUARTER_DAYS * DAY_MS, toAt };
    const known = { fromAt: dayFloor(range.fromAt) - DAY_MS, toAt: dayCeiling(range.toAt) + DAY_MS };
    const workshops = await this.uses.priced(this.database, coopId, cellId, known);
    const [first] = workshops;
    if (first === undefined) return new NotFound('cell');
    const tally = new Tally();
    for (const workshop of workshops) {
      const hours = StationHours.between(workshop, known);
      const { timeZone: zone } = workshop;
      for (const monday of mondays(zone, range)) {
        // A week of a cell at a time: a quarter of a large co-op need not be in memory, and others are served between.
        for (const cell of workshop.cells) {
          const claims = await this.uses.claims(this.database, coopId, [cell.id], weekOf(zone, monday));
          replayWeek({ zone, cell, hours, monday, range, claims, tariff }, tally);
        }
      }
    }
    return this.answer(trial, range, first.currency, tally);
  }

  private async answer(
    { seesNames }: TariffToTry,
    range: Window,
    currency: string,
    tally: Tally,
  ): Promise<TariffSimulation> {
    const members = tally.members.slice(0, MOST_MEMBERS);
    return Object.assign(new TariffSimulation(), {
      ...tally.sums,
      fromAt: new Date(range.fromAt),
      toAt: new Date(range.toAt),
      currency,
      assumptions: ASSUMPTIONS,
      weeks: tally.weeks.map((week) => ({
        ...week,
        utilisationPercent: utilisationPercent(week.bookedMinutes, week.openMinutes),
      })),
      classes: byClass(tally.members),
      memberCount: tally.members.length,
      members: seesNames ? await this.named(members) : members.map((each) => ({ ...each, ...NOBODY })),
    });
  }

  private async named(members: readonly MemberTally[]): Promise<SimulatedMember[]> {
    const names = await this.accounts.displayNames(members.map(({ accountId }) => accountId));
    return members.map((each) => ({ ...each, name: names.get(each.accountId) ?? null }));
  }
}

const weekOf = (zone: string, monday: number): Window => dayWindow(zone, monday, monday + 6);

const NOBODY = { accountId: null, name: null };

/** The Mondays of the local weeks that a range touches, as day numbers. */
function mondays(zone: string, range: Window): number[] {
  const { epochDay } = wallTime(zone, range.fromAt);
  const last = wallTime(zone, range.toAt - 1).epochDay;
  const found: number[] = [];
  for (let day = epochDay - weekdayOf(epochDay) + 1; day <= last; day += 7) found.push(day);
  return found;
}
