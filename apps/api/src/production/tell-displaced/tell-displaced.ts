import { Inject, Injectable } from '@nestjs/common';
import { DisplacedWork, type Displaced } from '../../booking/index.js';
import { Notices, wallClock } from '../../notices/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { DisplacedRunsRepository, type DisplacedTime } from './displaced-runs.repository.js';

/** Nobody reads more times than this in a mail; the page of the run has them all. */
const MOST_TIMES = 10;

/** Tells who makes runs that the time of one is left on a station that is out of service. */
@Injectable()
export class TellDisplaced {
  constructor(
    @Inject(DisplacedRunsRepository) private readonly runs: DisplacedRunsRepository,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(DisplacedWork) displacedWork: DisplacedWork,
  ) {
    displacedWork.handle((tx, displaced) => this.tell(tx, displaced));
  }

  private async tell(tx: Transaction, { coopId, bookings }: Displaced): Promise<void> {
    const ofRuns = bookings.filter(({ runOperationId }) => runOperationId !== null);
    if (ofRuns.length === 0) return;
    const times = await this.runs.times(
      tx,
      coopId,
      ofRuns.map(({ id }) => id),
    );
    const makers = await this.runs.makers(tx, coopId);
    const byRun = [...Map.groupBy(times, ({ runId }) => runId).values()];
    await this.notices.tell(
      tx,
      byRun.flatMap((own) => makers.map((accountId) => ({ coopId, accountId, ...wordsOf(own) }))),
    );
  }
}

function wordsOf(times: readonly DisplacedTime[]) {
  const [first] = times;
  if (first === undefined) throw new Error('a run without time on the station was to be told of');
  const { slug, runId, workTitle, cellName, number, timeZone } = first;
  const station = `Station ${String(number)} of ${cellName}`;
  const told = times
    .slice(0, MOST_TIMES)
    .map(({ fromAt, toAt }) => `${wallClock(timeZone, fromAt)} to ${wallClock(timeZone, toAt)}`);
  const more = times.length - told.length;
  const rest = more > 0 ? `, and ${String(more)} more` : '';
  return {
    kind: 'run_out_of_service',
    title: `${station} is out of service during a run of ${workTitle}`,
    body: `No other station can take its time: ${told.join('; ')}${rest} (${timeZone}). It stays booked in case the station is back earlier. Return the station to service or make the pieces elsewhere.`,
    link: `/${slug}/runs/${runId}`,
  };
}
