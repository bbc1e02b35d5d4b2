import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.js';

/** One stretch of work of an operation on a station. */
export interface OperationBooking {
  readonly id: string;
  readonly workshopId: string;
  readonly cellId: string;
  readonly stationId: string;
  readonly runOperationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly priceMinor: bigint;
}

const LAPSE_BETWEEN = `UPDATE booking SET state = 'lapsed', ended_at = expires_at
  WHERE coop_id = $1 AND station_id = ANY($2::uuid[]) AND claim && tstzrange($3, $4) AND ended_at IS NULL
    AND state = 'held' AND expires_at <= $5`;

const INSERT = `
  INSERT INTO booking (coop_id, id, workshop_id, cell_id, station_id, run_operation_id, state, origin, during, claim,
    price_minor, currency, held_at, confirmed_at)
  SELECT coop.id, row.id, row.workshop_id, row.cell_id, row.station_id, row.run_operation_id, 'confirmed',
    'run', tstzrange(row.from_at, row.to_at), tstzrange(row.from_at, row.to_at), row.price_minor, coop.currency, $10, $10
    FROM coop, unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::timestamptz[], $8::timestamptz[],
      $9::bigint[]) AS row (id, workshop_id, cell_id, station_id, run_operation_id, from_at, to_at, price_minor)
   WHERE coop.id = $1`;

/** The statements of booking a run's operations; the cells are locked by the caller. */
@Injectable()
export class OperationBookingsRepository {
  /** Ends holds on these stations that are dead at `now` and lie in the stretch. */
  async lapseBetween(
    tx: Transaction,
    coopId: string,
    stationIds: readonly string[],
    fromAt: Date,
    toAt: Date,
    now: Date,
  ): Promise<void> {
    await tx.query(LAPSE_BETWEEN, [coopId, stationIds, fromAt, toAt, now]);
  }

  async insert(
    tx: Transaction,
    coopId: string,
    bookings: readonly OperationBooking[],
    at: Date,
  ): Promise<void> {
    await tx.query(INSERT, [
      coopId,
      bookings.map((row) => row.id),
      bookings.map((row) => row.workshopId),
      bookings.map((row) => row.cellId),
      bookings.map((row) => row.stationId),
      bookings.map((row) => row.runOperationId),
      bookings.map((row) => row.fromAt),
      bookings.map((row) => row.toAt),
      bookings.map((row) => row.priceMinor.toString()),
      at,
    ]);
  }
}
