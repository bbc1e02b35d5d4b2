import { Inject, Injectable } from '@nestjs/common';
import { windowMinutes } from '@touchmark/calendar';
import { priceOfMinutes } from '@touchmark/money';
import { placeRun, type RunCell, type RunChunk } from '@touchmark/scheduling';
import { newId, type Transaction } from '../../platform/database/index.js';
import { Cells } from '../../workshops/index.js';
import { OccupancyRepository, type Occupancy } from '../occupancy.repository.js';
import { dayCeiling, dayFloor, openBetween } from '../open-calendar.js';
import type { BookOperationsInput, BookOperationsOutcome } from './book-operations.types.js';
import { OperationBookingsRepository, type OperationBooking } from './operation-bookings.repository.js';

interface OccupiedWorkshop extends Occupancy {
  readonly workshopId: string;
}

/** Books the operations of a run in recipe order, each as early as it can be, in the caller's transaction. */
@Injectable()
export class BookOperations {
  constructor(
    @Inject(Cells) private readonly cells: Cells,
    @Inject(OccupancyRepository) private readonly occupancy: OccupancyRepository,
    @Inject(OperationBookingsRepository) private readonly bookings: OperationBookingsRepository,
  ) {}

  /** Locks the cells of the kinds needed; what the caller locks besides must come later in the lock order. */
  async book(tx: Transaction, input: BookOperationsInput): Promise<BookOperationsOutcome> {
    const { coopId, operations } = input;
    const kinds = [...new Set(operations.map((operation) => operation.cellKind))];
    const cells = await this.cells.ofKind(tx, coopId, kinds);
    await tx.lock(
      'cell',
      coopId,
      cells.map((cell) => cell.id),
    );
    const workshops = await this.occupancies(tx, input, [...new Set(cells.map((cell) => cell.workshopId))]);
    // The latest of their times: a hold that any of them found dead must be dead when it is ended.
    const now = workshops.reduce((latest, { now: at }) => (at > latest ? at : latest), new Date(0));
    const placed = placeRun({
      operations,
      cells: workshops.flatMap((workshop) => runCells(workshop, input, kinds)),
      earliestAt: Math.max(now.getTime(), input.notBefore.getTime()),
      horizonAt: input.horizon.getTime(),
    });
    if (placed.kind === 'NoCapacity')
      return { kind: 'NoCapacity', position: placed.position, cellKind: placed.cellKind };
    await this.write(tx, input, workshops, placed.chunks, now);
    return { kind: 'Booked', endsAt: new Date(placed.endsAt) };
  }

  private async occupancies(
    tx: Transaction,
    { coopId, notBefore, horizon }: BookOperationsInput,
    workshopIds: readonly string[],
  ): Promise<OccupiedWorkshop[]> {
    const occupied: OccupiedWorkshop[] = [];
    for (const workshopId of workshopIds) {
      const [fromAt, toAt] = [dayFloor(notBefore.getTime()), dayCeiling(horizon.getTime())];
      const occupancy = await this.occupancy.load(tx, coopId, workshopId, fromAt, toAt);
      if (occupancy !== null) occupied.push({ ...occupancy, workshopId });
    }
    return occupied;
  }

  private async write(
    tx: Transaction,
    { coopId, operations }: BookOperationsInput,
    workshops: readonly OccupiedWorkshop[],
    chunks: readonly RunChunk[],
    now: Date,
  ): Promise<void> {
    const bookings = chunks.map((chunk) => bookingOf(chunk, operations, workshops));
    const starts = bookings.map((booking) => booking.fromAt.getTime());
    const ends = bookings.map((booking) => booking.toAt.getTime());
    const stations = bookings.map((booking) => booking.stationId);
    // Holds that were dead when the claims were read are dead for ever, so the time read with them is late enough.
    const [first, last] = [new Date(Math.min(...starts)), new Date(Math.max(...ends))];
    await this.bookings.lapseBetween(tx, coopId, stations, first, last, now);
    await this.bookings.insert(tx, coopId, bookings, now);
  }
}

function runCells(
  workshop: OccupiedWorkshop,
  { notBefore, horizon }: BookOperationsInput,
  kinds: readonly string[],
): RunCell[] {
  const open = openBetween(workshop, dayFloor(notBefore.getTime()), dayCeiling(horizon.getTime()));
  return workshop.cells
    .filter((cell) => kinds.includes(cell.kind))
    .map((cell) => ({
      ...{
        cellId: cell.id,
        cellKind: cell.kind,
        zone: workshop.timeZone,
        gridMinutes: cell.gridMinutes,
        open,
      },
      stations: cell.stations.map((station) => ({ stationId: station.id, busy: station.claims })),
    }));
}

function bookingOf(
  { position, cellId, stationId, fromAt, toAt }: RunChunk,
  operations: BookOperationsInput['operations'],
  workshops: readonly OccupiedWorkshop[],
): OperationBooking {
  const operation = operations.find((candidate) => candidate.position === position);
  const workshop = workshops.find(({ cells }) => cells.some((cell) => cell.id === cellId));
  const cell = workshop?.cells.find((candidate) => candidate.id === cellId);
  if (operation === undefined || workshop === undefined || cell === undefined)
    throw new Error(`position ${String(position)} was placed on cell ${cellId}, which was not offered`);
  return {
    ...{
      id: newId(),
      workshopId: workshop.workshopId,
      cellId,
      stationId,
      runOperationId: operation.runOperationId,
    },
    ...{ fromAt: new Date(fromAt), toAt: new Date(toAt) },
    priceMinor: priceOfMinutes(BigInt(cell.hourlyRateMinor), windowMinutes({ fromAt, toAt })),
  };
}
