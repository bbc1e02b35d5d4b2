import { cheapestMinutes, type Row } from './changeovers.js';
import { isoOf, overlap, weekOf, type Minute, type Span } from './calendar.js';
import { Credits } from './credits.js';
import { ModelStation, type ModelClaim } from './station.js';

export type { ModelClaim };

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
  readonly useCredits: boolean;
  state: 'waiting' | 'offered' | 'taken' | 'left';
  bookingId: string | null;
  /** Could not take anything when the cell was last looked over for its queue. */
  passedOver: boolean;
}

export interface Rules {
  readonly holdLimit: number;
  /** Minutes in a week of Berlin that a member may have on cells of a kind. */
  readonly weekly: ReadonlyMap<string, number>;
}

/** What must never happen. */
export const FAULTS = [
  ...(['overlaps', 'lost holds', 'stolen holds'] as const),
  ...(['overdrawn quotas', 'overdrawn credits', 'queue jumps', 'changeover gaps violated'] as const),
];
export type Fault = (typeof FAULTS)[number];

/** The whole state of a workshop, with every question about it answered by looking at all that has not ended. */
export class World {
  /** Every claim that there ever was. */
  readonly claims = new Map<string, ModelClaim>();
  readonly wishes = new Map<string, ModelWish>();
  /** Who waits, in the order of joining. */
  queue: readonly ModelWish[] = [];
  /** Claims that no sibling could take when their station was taken out of service: they stand closer than they may. */
  readonly stranded = new Set<string>();
  /** How often it was looked whether one of the faults had happened; the first that has ends the replay. */
  readonly looks = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));
  readonly stations: ReadonlyMap<string, ModelStation>;
  private readonly ofMembers = new Map<string, Set<ModelClaim>>();
  private readonly credits = new Map<string, Credits>();
  private readonly changeovers = new Map<string, number>();
  private now = 0;

  constructor(
    readonly cells: readonly ModelCell[],
    readonly rules: Rules,
  ) {
    const ids = cells.flatMap(({ stationIds }) => stationIds);
    this.stations = new Map(ids.map((id) => [id, new ModelStation(id)]));
  }

  look(fault: Fault, times = 1): void {
    this.looks.set(fault, (this.looks.get(fault) ?? 0) + times);
  }

  cell(cellId: string): ModelCell {
    return found(
      this.cells.find((one) => one.cellId === cellId),
      cellId,
    );
  }

  station(stationId: string): ModelStation {
    return found(this.stations.get(stationId), stationId);
  }

  mustHave(id: string): ModelClaim {
    return found(this.claims.get(id), id);
  }

  /** A hold is alive by time alone. */
  isLive(claim: ModelClaim, now: number): boolean {
    return claim.state === 'confirmed' || (claim.state === 'held' && now < (claim.expiresAt ?? Infinity));
  }

  /** Lets go of what has died since: no later question can be about it. */
  advance(now: number): void {
    if (now <= this.now) return;
    this.now = now;
    for (const station of this.stations.values())
      for (const claim of station.inOrder()) if (!this.isLive(claim, now)) this.drop(claim);
    this.queue = this.queue.filter((wish) => now < wish.latest * 60_000);
  }

  add(claim: ModelClaim): void {
    this.claims.set(claim.id, claim);
    this.put(claim);
  }

  end(claim: ModelClaim, state: ModelClaim['state']): void {
    claim.state = state;
    this.drop(claim);
  }

  /** What would be if this claim were not there. */
  without<Answer>(claim: ModelClaim, ask: () => Answer): Answer {
    const { state } = claim;
    this.end(claim, 'moved');
    const answer = ask();
    claim.state = state;
    this.put(claim);
    return answer;
  }

  moveTo(claim: ModelClaim, stationId: string): void {
    this.station(claim.stationId).take(claim);
    claim.stationId = stationId;
    this.station(stationId).put(claim);
  }

  join(wish: ModelWish): void {
    this.wishes.set(wish.id, wish);
    this.queue = [...this.queue, wish];
  }

  leave(wish: ModelWish, state: ModelWish['state']): void {
    wish.state = state;
    this.queue = this.queue.filter((one) => one !== wish);
  }

  liveOn(stationId: string, now: number): ModelClaim[] {
    return this.station(stationId)
      .inOrder()
      .filter((claim) => this.isLive(claim, now));
  }

  liveOf(accountId: string, now: number): ModelClaim[] {
    return [...(this.ofMembers.get(accountId) ?? [])].filter((claim) => this.isLive(claim, now));
  }

  minutesBetween(cell: ModelCell, from: string | null, to: string | null): number {
    const key = `${cell.cellId} ${String(from)} ${String(to)}`;
    const known = this.changeovers.get(key) ?? cheapestMinutes(cell.families, cell.rows, from, to);
    this.changeovers.set(key, known);
    return known;
  }

  liveHoldsOf(accountId: string, now: number): number {
    return this.liveOf(accountId, now).filter(({ state }) => state === 'held').length;
  }

  overQuota(accountId: string, cell: ModelCell, window: Span, now: number): boolean {
    const limit = this.rules.weekly.get(cell.kind);
    if (limit === undefined) return false;
    const has = this.liveOf(accountId, now)
      .filter((claim) => this.cell(claim.cellId).kind === cell.kind)
      .filter((claim) => weekOf(claim.from) === weekOf(window.from))
      .reduce((sum, claim) => sum + claim.to - claim.from, 0);
    return has + window.to - window.from > limit;
  }

  creditsOf(accountId: string): Credits {
    const known = this.credits.get(accountId);
    if (known !== undefined) return known;
    // Who does not come has used them up, unless nobody could; from what is given back in any other way they return.
    const made = new Credits((id) => {
      const claim = this.mustHave(id);
      return (claim.state === 'no_show' && claim.excused !== true) || this.isLive(claim, this.now);
    });
    this.credits.set(accountId, made);
    return made;
  }

  /** Every pair of neighbours that overlaps or stands too close, on stations that changed since or on all. */
  tooClose(now: number, everywhere = false): string[] {
    return this.cells.flatMap((cell) =>
      cell.stationIds
        .map((id) => this.station(id))
        .filter((station) => station.touched || everywhere)
        .flatMap((station) => this.tooCloseOn(cell, station, now)),
    );
  }

  private tooCloseOn(cell: ModelCell, station: ModelStation, now: number): string[] {
    station.touched = false;
    const live = this.liveOn(station.stationId, now);
    return live.flatMap((after, index) => {
      const before = live[index - 1];
      if (before === undefined) return [];
      this.look('overlaps');
      if (this.stranded.has(before.id) || this.stranded.has(after.id)) return [];
      this.look('changeover gaps violated');
      const needed = this.minutesBetween(cell, before.family, after.family);
      const fits = !overlap(before, after) && station.open.in({ from: before.to, to: after.from }) >= needed;
      return fits
        ? []
        : [`${told(before)} and ${told(after)} on ${station.stationId}, which need ${String(needed)}`];
    });
  }

  private put(claim: ModelClaim): void {
    this.station(claim.stationId).put(claim);
    const own = this.ofMembers.get(claim.accountId) ?? new Set();
    this.ofMembers.set(claim.accountId, own.add(claim));
  }

  private drop(claim: ModelClaim): void {
    this.station(claim.stationId).take(claim);
    this.ofMembers.get(claim.accountId)?.delete(claim);
  }
}

function told({ id, family, from, to, state }: ModelClaim): string {
  return `${state} ${id} (${String(family)}, ${isoOf(from)} to ${isoOf(to)})`;
}

function found<Value>(value: Value | undefined, id: string): Value {
  if (value === undefined) throw new Error(`The model does not know ${id}.`);
  return value;
}
