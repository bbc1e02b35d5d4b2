import { Inject, Injectable } from '@nestjs/common';
import { Database, Transactions, claimRequest, type Transaction } from '../../platform/database/index.js';
import { NotFound, RequestIdReused, isUuid } from '../../platform/graphql/index.js';
import { Cells, ClosureKind, Closures } from '../../workshops/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';
import {
  StationReturned,
  type ReturnToServiceInput,
  type ReturnToServiceOutcome,
} from './return-to-service.types.js';

/** Ends a closure of a station now; what was moved stays where it is, and who waits is offered the time first. */
@Injectable()
export class ReturnToService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Cells) private readonly cells: Cells,
    @Inject(Closures) private readonly closures: Closures,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
  ) {}

  async run(actorId: string, input: ReturnToServiceInput): Promise<ReturnToServiceOutcome> {
    const { coopId, closureId, requestId } = input;
    if (!isUuid(closureId)) return new NotFound('closure');
    const closure = await this.closures.byId(this.database, coopId, closureId);
    // A closure that is ended before it begins is gone afterwards; what is answered again is its station.
    const subjectId = closure?.stationId ?? closureId;
    const request = { actorId, operation: 'returnToService', requestId, input, subjectId };
    return this.transactions.run<'StationReturned', ReturnToServiceOutcome>(
      ['StationReturned'],
      async (tx) => {
        const seen = await claimRequest(tx, request);
        if (seen.kind === 'Reused') return new RequestIdReused();
        if (seen.kind === 'Seen') return this.answer(tx, coopId, seen.subjectId, null);
        if (closure?.kind !== ClosureKind.OUT_OF_SERVICE) return new NotFound('closure');
        if (closure.cellId === null || closure.stationId === null)
          throw new Error(`closure ${closureId} takes no station out of service`);
        const sequence = await this.open(tx, coopId, closureId, closure.cellId, closure.stationId);
        return this.answer(tx, coopId, closure.stationId, sequence);
      },
    );
  }

  private async open(
    tx: Transaction,
    coopId: string,
    closureId: string,
    cellId: string,
    stationId: string,
  ): Promise<string> {
    await this.claims.lock(tx, coopId, [cellId], []);
    const now = await tx.now();
    await this.closures.end(tx, coopId, closureId, now);
    const cell = await this.claims.loadAhead(tx, coopId, cellId, now);
    if (cell === null) throw new Error(`cell ${cellId} is gone although it is locked`);
    const { sequence } = cell.facts;
    await this.claims.lapse(tx, cell);
    this.claims.relink(tx, cell, stationId);
    await this.freed.settle(tx, cell);
    return sequence;
  }

  private async answer(
    tx: Transaction,
    coopId: string,
    stationId: string,
    sequence: string | null,
  ): Promise<StationReturned | NotFound> {
    const [station] = await this.cells.stationsByIds(tx, [{ coopId, id: stationId }]);
    return station === undefined ? new NotFound('closure') : new StationReturned(station, sequence);
  }
}
