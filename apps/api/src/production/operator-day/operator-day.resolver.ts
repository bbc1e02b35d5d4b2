import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Bookings } from '../../booking/index.js';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { badUserInput, isUuid } from '../../platform/graphql/index.js';
import { OperatorDayRepository, type TaskRow } from './operator-day.repository.js';
import { OperatorTaskType } from './operator-day.types.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

function requireDate(date: string): void {
  const at = DATE.test(date) ? new Date(`${date}T00:00:00Z`) : undefined;
  const exists = at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
  if (!exists || date < '1900-01-01')
    throw badUserInput('date takes a day of the calendar as YYYY-MM-DD, for example 2026-11-21.');
}

const titleOf = ({ workTitle, operation }: TaskRow): string =>
  workTitle === null || operation === null ? 'Member booking' : `${workTitle}: ${operation}`;

@Resolver()
export class OperatorDayResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OperatorDayRepository) private readonly repository: OperatorDayRepository,
    @Inject(Bookings) private readonly bookings: Bookings,
  ) {}

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => [OperatorTaskType], {
    description:
      "The confirmed bookings of all stations on one day of the workshop's own calendar, by start.",
  })
  async operatorDay(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('workshopId', { type: () => ID }) workshopId: string,
    @Args('date') date: string,
  ): Promise<OperatorTaskType[]> {
    requireDate(date);
    if (!isUuid(workshopId)) return [];
    const tasks = await this.repository.tasks(this.database, coopId, workshopId, date);
    const ids = tasks.map((task) => task.bookingId);
    const found = new Map(
      (await this.bookings.byIds(this.database, coopId, ids)).map((booking) => [booking.id, booking]),
    );
    return tasks.flatMap((task) => {
      const booking = found.get(task.bookingId);
      return booking === undefined ? [] : [{ booking, title: titleOf(task), runId: task.runId }];
    });
  }
}
