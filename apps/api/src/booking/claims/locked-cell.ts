import {
  changeoverMatrix,
  farBefore,
  isLive,
  type ChangeoverMatrix,
  type ChangeoverRow,
  type StationTimeline,
  type Window,
} from '@touchmark/calendar';
import { dayUtilisation } from '@touchmark/pricing';
import { StationHours, type CalendarText } from '../open-calendar.js';
import type { BookingState } from '../booking.types.js';

/** How the database writes a claim: id, account, state, origin, window, claim start, changeover, family, expiry, crowded. */
export type ClaimRow = readonly [
  id: string,
  accountId: string | null,
  state: 'held' | 'confirmed',
  origin: string,
  fromAt: number,
  toAt: number,
  claimFromAt: number,
  changeoverMinutes: number,
  family: string | null,
  expiresAt: number | null,
  crowded: boolean,
];

export interface StationRow {
  readonly id: string;
  readonly number: number;
  readonly claims: readonly ClaimRow[];
}

/** What a cell is, and how its stations stand, read in one statement after its lock. */
export interface CellRow extends CalendarText {
  readonly now: Date;
  /** The number of the first event of this transaction, taken under the lock. */
  readonly sequence: string;
  readonly workshopId: string;
  readonly kind: string;
  readonly name: string;
  readonly gridMinutes: number;
  readonly maxMinutes: number;
  readonly hourlyRateMinor: string;
  readonly defaultFamily: string | null;
  readonly currency: string;
  readonly holdLimit: number;
  readonly families: string | null;
  readonly changeovers: string | null;
  /** True when somebody waits for what becomes free in the cell. */
  readonly waiting: boolean;
  readonly stations: readonly StationRow[];
}

/** A claim on a station as it is stored; instants in epoch milliseconds, `expiresAt` null when confirmed. */
export interface StoredClaim extends Window {
  readonly id: string;
  readonly accountId: string | null;
  readonly state: Extract<BookingState, 'held' | 'confirmed'>;
  readonly origin: string;
  readonly claimFromAt: number;
  readonly changeoverMinutes: number;
  readonly family: string | null;
  readonly expiresAt: number | null;
  /** Too close to one before it when the station was last linked. */
  readonly crowded: boolean;
}

/** What was loaded of a cell: a stretch of time on one station, or (null) on all of them. */
export interface LoadedPart extends Window {
  readonly stationId: string | null;
}

/** A station of a locked cell: what stood before the loaded stretch, what is alive in it, and what is dead. */
export interface LoadedStation {
  readonly id: string;
  readonly number: number;
  readonly open: readonly Window[];
  readonly before: StoredClaim | null;
  readonly live: readonly StoredClaim[];
  /** Holds whose time is over and that nobody has ended yet. */
  readonly dead: readonly StoredClaim[];
}

const MOST_MATRICES = 500;
const matrices = new Map<string, ChangeoverMatrix>();

/** The changeovers in force of a cell, remembered under the rows that they follow from. */
export function matrixOf(families: string | null, changeovers: string | null): ChangeoverMatrix {
  const key = `${families ?? ''} ${changeovers ?? ''}`;
  const known = matrices.get(key);
  if (known !== undefined) return known;
  const rows = (
    JSON.parse(changeovers ?? '[]') as (Omit<ChangeoverRow, 'costMinor'> & { costMinor: string })[]
  ).map((row) => ({ ...row, costMinor: BigInt(row.costMinor) }));
  const made = changeoverMatrix(JSON.parse(families ?? '[]') as string[], rows);
  if (matrices.size >= MOST_MATRICES) matrices.clear();
  matrices.set(key, made);
  return made;
}

export function storedClaim(row: ClaimRow): StoredClaim {
  const [id, accountId, state, origin, fromAt, toAt, claimFromAt, changeoverMinutes, ...rest] = row;
  const [family, expiresAt, crowded] = rest;
  const place = { fromAt, toAt, claimFromAt, changeoverMinutes };
  return { id, accountId, state, origin, ...place, family, expiresAt, crowded };
}

/** A station as the decisions take it. */
export function timelineOf(station: LoadedStation, knownFromAt: number): StationTimeline {
  const { id: stationId, number, open, before, live } = station;
  const familyBefore = before?.family ?? null;
  return {
    stationId,
    number,
    open,
    knownFromAt,
    familyBefore,
    busyUntil: before?.toAt ?? null,
    claims: live,
  };
}

/** Parts what was loaded of a station into the neighbour before the stretch, the living and the dead. */
export function loadedStation(
  { id, number, claims }: StationRow,
  open: readonly Window[],
  fromAt: number,
  now: number,
): LoadedStation {
  const stored = claims.map(storedClaim);
  const living = stored.filter((claim) => isLive(claim, now));
  // The statement goes back to one living claim before the stretch, which says what is set up; to more than one where
  // those between are crowded.
  const before = living.find((claim) => claim.fromAt < fromAt) ?? null;
  const live = living.filter((claim) => claim !== before);
  return { id, number, open, before, live, dead: stored.filter((claim) => !isLive(claim, now)) };
}

/**
 * A cell under its lock, with its stations as far as they were loaded. What this transaction writes shows here at once,
 * so one decision after the other can be made on it.
 */
export class LockedCell {
  readonly matrix: ChangeoverMatrix;
  readonly families: readonly string[];
  readonly hourlyRateMinor: bigint;
  readonly now: Date;
  private sequence: string | null;
  private readonly byId: Map<string, LoadedStation>;
  private readonly hours: StationHours;

  constructor(
    readonly coopId: string,
    readonly cellId: string,
    readonly facts: Omit<CellRow, 'stations' | 'hourlyRateMinor'>,
    stations: readonly StationRow[],
    hourlyRateMinor: string,
    readonly loaded: LoadedPart,
    known: Window,
  ) {
    this.now = facts.now;
    this.sequence = facts.sequence;
    this.hourlyRateMinor = BigInt(hourlyRateMinor);
    this.matrix = matrixOf(facts.families, facts.changeovers);
    this.families = this.matrix.families;
    this.hours = StationHours.between(facts, known);
    const now = this.now.getTime();
    this.byId = new Map(
      stations.map((row) => [row.id, loadedStation(row, this.hours.of(cellId, row.id), loaded.fromAt, now)]),
    );
    // What is dead where too little is known is ended by whoever loads more, who can link what stands behind it.
    for (const { id, dead } of this.stations)
      this.change(id, { dead: dead.filter(({ fromAt }) => this.knowsBefore(id, fromAt)) });
  }

  get stations(): readonly LoadedStation[] {
    return [...this.byId.values()];
  }

  /** Throws when the station was not loaded: a bug. */
  station(stationId: string): LoadedStation {
    const station = this.byId.get(stationId);
    if (station === undefined)
      throw new Error(`station ${stationId} was not loaded with cell ${this.cellId}`);
    return station;
  }

  timeline(stationId: string): StationTimeline {
    return timelineOf(this.station(stationId), this.hours.range.fromAt);
  }

  timelines(): StationTimeline[] {
    return this.stations.map((station) => timelineOf(station, this.hours.range.fromAt));
  }

  /**
   * Whether enough is loaded before a moment to say how a claim that starts then is linked. What stands before the
   * stretch only tells how close the next may be, and the hours before it may not be known.
   */
  knowsBefore(stationId: string, fromAt: number): boolean {
    return (
      fromAt >= this.loaded.fromAt || farBefore(this.timeline(stationId), this.matrix, fromAt) > -Infinity
    );
  }

  /** True when a hold died that nobody has ended: somebody in the queue may be waiting for its window. */
  get hasDead(): boolean {
    return this.stations.some((station) => station.dead.length > 0);
  }

  /** How much of the local day of an instant is booked, in whole percent; the day must have been loaded. */
  utilisationAt(at: number): number {
    const uses = this.stations.map(({ open, before, live }) => ({
      open,
      booked: before === null ? live : [before, ...live],
    }));
    return dayUtilisation(uses, this.facts.timeZone, at);
  }

  /** The family that a request means: what it names, else the cell's default; undefined when there is no such family. */
  familyOf(asked: string | null | undefined): string | null | undefined {
    const family = asked ?? this.facts.defaultFamily;
    if (family === null) return null;
    return this.families.includes(family) ? family : undefined;
  }

  /** Lets dead holds stand as if they lived: for those who may not take what others wait for. */
  keepDead(): void {
    for (const { id, live, dead } of this.stations) {
      const kept = dead
        .filter((hold) => hold.fromAt >= this.loaded.fromAt)
        .map((hold) => ({ ...hold, expiresAt: null }));
      this.change(id, { live: [...live, ...kept].sort((a, b) => a.fromAt - b.fromAt), dead: [] });
    }
  }

  /** The number that was taken under the lock, for the first event of the transaction; null when it is used. */
  takeSequence(): string | null {
    const { sequence } = this;
    this.sequence = null;
    return sequence;
  }

  /** Notes what was written on a station. */
  change(stationId: string, changed: Partial<Pick<LoadedStation, 'live' | 'dead'>>): void {
    this.byId.set(stationId, { ...this.station(stationId), ...changed });
  }
}
