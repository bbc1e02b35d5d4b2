import { Inject, Injectable } from '@nestjs/common';
import { decideChangeovers, violations } from '@touchmark/calendar';
import { Transactions, type Transaction } from '../../platform/database/index.js';
import { InputRefused, NotFound, isUuid } from '../../platform/graphql/index.js';
import { Changeovers, changeoversOf, type CellSetup } from '../../workshops/index.js';
import { CellClaims } from '../claims/cell-claims.js';
import { FreedWindows } from '../claims/freed-windows.js';
import type { LockedCell, StoredClaim } from '../claims/locked-cell.js';
import { AdoptionsRepository } from './adoptions.repository.js';
import {
  ChangeoversSet,
  FamiliesInUse,
  type Misfit,
  type SetChangeoversInput,
  type SetChangeoversOutcome,
} from './set-changeovers.types.js';

// The closure takes the cube of it, and whoever sees the matrix sees the square.
const MOST_FAMILIES = 50;
const MOST_ROWS = 1000;

/** Replaces the setup families of a cell and the changeovers between them; new pairs are bound by it, old ones stay. */
@Injectable()
export class SetChangeovers {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Changeovers) private readonly changeovers: Changeovers,
    @Inject(CellClaims) private readonly claims: CellClaims,
    @Inject(FreedWindows) private readonly freed: FreedWindows,
    @Inject(AdoptionsRepository) private readonly adoptions: AdoptionsRepository,
  ) {}

  async run(input: SetChangeoversInput): Promise<SetChangeoversOutcome> {
    const refused = refuse(input);
    if (refused !== null) return refused;
    if (!isUuid(input.cellId)) return new NotFound('cell');
    return this.transactions.run<'ChangeoversSet', SetChangeoversOutcome>(['ChangeoversSet'], (tx) =>
      this.replace(tx, input),
    );
  }

  private async replace(tx: Transaction, input: SetChangeoversInput): Promise<SetChangeoversOutcome> {
    const { coopId, cellId, families, defaultFamily = null, rows } = input;
    const [found] = await this.claims.lock(tx, coopId, [cellId], []);
    if (found === undefined) return new NotFound('cell');
    const now = await tx.now();
    const before = await this.load(tx, coopId, cellId, now);
    const used = familiesInUse(before).filter((family) => !families.includes(family));
    if (used.length > 0) return new FamiliesInUse(used, before.facts.sequence);
    const setup: CellSetup = {
      ...{ coopId, cellId, families, defaultFamily },
      rows: rows.map(({ from, to, minutes, costMinor }) => ({ from, to, minutes, costMinor })),
    };
    await this.changeovers.replace(tx, setup);
    if (defaultFamily !== null) await this.adopt(tx, before, defaultFamily);
    // The holds that are dead must be ended before claims can grow into their place.
    const cell = await this.load(tx, coopId, cellId, now);
    await this.claims.lapse(tx, cell);
    const misfits = misfitsOf(cell);
    for (const station of cell.stations) this.claims.relink(tx, cell, station.id);
    // A shorter changeover frees time.
    await this.freed.settle(tx, cell);
    const written = await this.changeovers.ofCell(tx, coopId, cellId);
    if (written === null) throw new Error(`cell ${cellId} is gone although it is locked`);
    return new ChangeoversSet(changeoversOf(written), misfits, before.facts.sequence);
  }

  /**
   * What was asked for when the cell had no families means the default one now, as it would if it were asked today.
   * Left without, it would part two families with no changeover, and to take it out would leave them too close.
   */
  private async adopt(tx: Transaction, cell: LockedCell, family: string): Promise<void> {
    const without = coming(cell).filter((claim) => claim.family === null);
    const ids = without.map((claim) => claim.id);
    await this.adoptions.adopt(tx, cell, ids, family);
  }

  private async load(tx: Transaction, coopId: string, cellId: string, now: Date): Promise<LockedCell> {
    const cell = await this.claims.loadAhead(tx, coopId, cellId, now);
    if (cell === null) throw new Error(`cell ${cellId} is gone although it is locked`);
    return cell;
  }
}

/** All claims that live and are not over. */
function coming(cell: LockedCell): StoredClaim[] {
  const claims = cell.stations.flatMap(({ before, live }) => (before === null ? live : [before, ...live]));
  return claims.filter((claim) => claim.toAt > cell.now.getTime());
}

/** Their families, by name. */
function familiesInUse(cell: LockedCell): string[] {
  const families = coming(cell).map((claim) => claim.family);
  return [...new Set(families.filter((family) => family !== null))].sort();
}

function misfitsOf(cell: LockedCell): Misfit[] {
  return [...cell.stations]
    .sort((a, b) => a.number - b.number)
    .flatMap(({ id: stationId, before }) =>
      violations(cell.timeline(stationId), cell.matrix, cell.now.getTime()).map((pair) => ({
        ...{ coopId: cell.coopId, stationId, beforeBookingId: pair.beforeId ?? before?.id ?? null },
        ...{ afterBookingId: pair.afterId, neededMinutes: pair.neededMinutes, haveMinutes: pair.openMinutes },
      })),
    );
}

function refuse({ families, defaultFamily = null, rows }: SetChangeoversInput): InputRefused | null {
  if (families.length > MOST_FAMILIES || rows.length > MOST_ROWS)
    return new InputRefused(
      families.length > MOST_FAMILIES ? 'families' : 'rows',
      `Give at most ${String(MOST_FAMILIES)} families and ${String(MOST_ROWS)} rows.`,
    );
  const wrong = families.find((family) => !/^[a-z0-9][a-z0-9-]{0,31}$/.test(family));
  if (wrong !== undefined)
    return new InputRefused(
      'families',
      'A family takes 1 to 32 lower case letters, digits and dashes, such as black-ink.',
    );
  if (new Set(families).size < families.length)
    return new InputRefused('families', 'A family is given twice. Give each family once.');
  if (families.length === 0 ? defaultFamily !== null : !families.includes(defaultFamily ?? ''))
    return new InputRefused(
      'defaultFamily',
      families.length === 0
        ? 'A cell without families has no default family. Leave defaultFamily out.'
        : 'defaultFamily must be one of the families: whoever names none gets it.',
    );
  const decision = decideChangeovers(families, rows);
  return decision.kind === 'ChangeoversAccepted' ? null : new InputRefused('rows', decision.message);
}
