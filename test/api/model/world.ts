import { cheapestMinutes, type Row } from './changeovers.js';
import { openMinutes, overlap, weekOf, type Minute, type Span } from './calendar.js';

/** A claim on a station as the model knows it; times in epoch minutes, `expiresAt` in epoch milliseconds. */
export interface ModelClaim extends Span {
  readonly id: string;
  readonly cellId: string;
  stationId: string;
  readonly family: string | null;
  readonly accountId: string;
  readonly origin: 'member' | 'series' | 'waiting';
  state: 'held' | 'confirmed' | 'released' | 'lapsed' | 'cancelled' | 'moved' | 'no_show';
  expiresAt: number | null;
  extended: boolean;
}

export interface ModelCell {
  readonly cellId: string;
  readonly kind: string;
  readonly stationIds: readonly string[];
  readonly families: readonly string[];
  readonly defaultFamily: string | null;
  readonly rows: readonly Row[];
  readonly gridMinutes: number;
  readonly maxMinutes: number;
}

/** A wish on the waiting list. */
export interface ModelWish {
  readonly id: string;
  readonly cellId: string;
  readonly accountId: string;
  readonly family: string | null;
  readonly earliest: Minute;
  readonly latest: Minute;
  readonly minutes: number;
  readonly leastMinutes: number;
  state: 'waiting' | 'offered' | 'taken' | 'missed' | 'left' | 'expired';
  bookingId: string | null;
  /** Could not take anything when the cell was last looked over for its queue. */
  passedOver: boolean;
}

export interface Closed extends Span {
  readonly closureId: string;
  readonly stationId: string;
}

export interface Rules {
  readonly holdLimit: number;
  /** Minutes in a week of Berlin that a member may have on cells of a kind. */
  readonly weekly: ReadonlyMap<string, number>;
}

/** What must never happen. */
export const FAULTS = [
  ...(['overlaps', 'lost holds', 'stolen holds'] as const),
  ...(['overdrawn quotas', 'queue jumps', 'changeover gaps violated'] as const),
];
export type Fault = (typeof FAULTS)[number];

/** The whole state of a workshop, with every question about it answered by counting minutes. */
export class World {
  readonly claims = new Map<string, ModelClaim>();
  readonly wishes: ModelWish[] = [];
  readonly closed: Closed[] = [];
  /** Claims that no sibling could take when their station was taken out of service: they stand closer than they may. */
  readonly stranded = new Set<string>();
  /** How often it was looked whether one of the faults had happened; the first that has ends the replay. */
  readonly looks = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));

  constructor(
    readonly cells: readonly ModelCell[],
    readonly rules: Rules,
  ) {}

  look(fault: Fault, times = 1): void {
    this.looks.set(fault, (this.looks.get(fault) ?? 0) + times);
  }

  cell(cellId: string): ModelCell {
    const cell = this.cells.find((one) => one.cellId === cellId);
    if (cell === undefined) throw new Error(`The model has no cell ${cellId}.`);
    return cell;
  }

  /** A hold is alive by time alone. */
  isLive(claim: ModelClaim, now: number): boolean {
    return claim.state === 'confirmed' || (claim.state === 'held' && now < (claim.expiresAt ?? Infinity));
  }

  liveOn(stationId: string, now: number): ModelClaim[] {
    return [...this.claims.values()]
      .filter((claim) => claim.stationId === stationId && this.isLive(claim, now))
      .sort((a, b) => a.from - b.from);
  }

  minutesBetween(cell: ModelCell, from: string | null, to: string | null): number {
    return cheapestMinutes(cell.families, cell.rows, from, to);
  }

  /** What the changeovers of the station grow by when this window is put there; null when it does not fit. */
  marginalOn(
    cell: ModelCell,
    stationId: string,
    window: Span,
    family: string | null,
    now: number,
  ): number | null {
    const closed = this.closed.filter((one) => one.stationId === stationId);
    if (openMinutes(window, closed) < window.to - window.from) return null;
    const live = this.liveOn(stationId, now);
    if (live.some((claim) => overlap(claim, window))) return null;
    const before = live.filter((claim) => claim.to <= window.from).at(-1);
    const after = live.find((claim) => claim.from >= window.to);
    const lead = before ? this.minutesBetween(cell, before.family, family) : 0;
    const tail = after ? this.minutesBetween(cell, family, after.family) : 0;
    // A changeover cannot have begun already.
    const floor = before && lead > 0 ? Math.max(before.to, Math.ceil(now / 60_000)) : (before?.to ?? 0);
    if (before && openMinutes({ from: floor, to: window.from }, closed) < lead) return null;
    if (after && openMinutes({ from: window.to, to: after.from }, closed) < tail) return null;
    return lead + tail - (before && after ? this.minutesBetween(cell, before.family, after.family) : 0);
  }

  /** The stations on which the window fits, each with what it adds to the changeovers. */
  placesFor(
    cell: ModelCell,
    window: Span,
    family: string | null,
    now: number,
    stationId: string | null = null,
  ): Map<string, number> {
    const places = new Map<string, number>();
    for (const id of stationId === null ? cell.stationIds : [stationId]) {
      const marginal = this.marginalOn(cell, id, window, family, now);
      if (marginal !== null) places.set(id, marginal);
    }
    return places;
  }

  liveHoldsOf(accountId: string, now: number): number {
    return [...this.claims.values()].filter(
      (claim) => claim.accountId === accountId && claim.state === 'held' && this.isLive(claim, now),
    ).length;
  }

  /** Minutes that a member has on cells of a kind in the week of this window. */
  weekMinutesOf(accountId: string, kind: string, from: Minute, now: number): number {
    return [...this.claims.values()]
      .filter((claim) => claim.accountId === accountId && this.isLive(claim, now))
      .filter((claim) => this.cell(claim.cellId).kind === kind && weekOf(claim.from) === weekOf(from))
      .reduce((sum, claim) => sum + claim.to - claim.from, 0);
  }

  overQuota(accountId: string, cell: ModelCell, window: Span, now: number): boolean {
    const limit = this.rules.weekly.get(cell.kind);
    if (limit === undefined) return false;
    return this.weekMinutesOf(accountId, cell.kind, window.from, now) + window.to - window.from > limit;
  }

  /** Every pair of neighbours that overlaps or stands too close for its changeover. */
  tooClose(now: number): string[] {
    return this.cells.flatMap((cell) =>
      cell.stationIds.flatMap((stationId) => {
        const closed = this.closed.filter((one) => one.stationId === stationId);
        const live = this.liveOn(stationId, now);
        return live.flatMap((after, index) => {
          const before = live[index - 1];
          if (before === undefined) return [];
          const needed = this.minutesBetween(cell, before.family, after.family);
          this.look('overlaps');
          if (this.stranded.has(before.id) || this.stranded.has(after.id)) return [];
          this.look('changeover gaps violated');
          const fits =
            !overlap(before, after) && openMinutes({ from: before.to, to: after.from }, closed) >= needed;
          return fits ? [] : [`${before.id} and ${after.id} on ${stationId}`];
        });
      }),
    );
  }

  add(claim: ModelClaim): void {
    this.claims.set(claim.id, claim);
  }

  mustHave(id: string): ModelClaim {
    const claim = this.claims.get(id);
    if (claim === undefined) throw new Error(`The model has no claim ${id}.`);
    return claim;
  }
}
