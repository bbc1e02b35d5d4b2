/** One station and the cell it stands in. */
export interface BenchStation {
  readonly cellId: string;
  readonly stationId: string;
}

export interface BenchMember {
  readonly accountId: string;
  readonly token: string;
}

/** What the seed made: one co-op, and for each kind of load stations of its own. */
export interface World {
  readonly coopId: string;
  readonly members: readonly BenchMember[];
  readonly hot: BenchStation;
  readonly http: readonly BenchStation[];
  readonly sql: readonly BenchStation[];
  /** The station whose calendar the clients of the subscriptions watch. */
  readonly watched: BenchStation & { readonly workshopId: string };
  readonly calendar: Omit<CalendarWorld, 'token' | 'members' | 'coopId'>;
}

/** A workshop that is asked for what is free in it. */
export interface CalendarWorld {
  readonly coopId: string;
  readonly workshopId: string;
  readonly cells: number;
  readonly stations: number;
  readonly members: readonly BenchMember[];
  readonly token: string;
}

/** Who asks and where: everything that the load process needs. */
export interface LoadSetup {
  readonly world: World;
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly clients: number;
}

/** A measure ends by time; a warm-up by pairs, since what it warms counts calls and not seconds. */
export type SpreadEnd = { readonly seconds: number } | { readonly pairs: number };

export type LoadOrder =
  | { readonly kind: 'hot'; readonly rounds: number; readonly contenders: number }
  | { readonly kind: 'subscriptions'; readonly clients: number; readonly holds: number }
  | { readonly kind: 'spread'; readonly by: 'http' | 'sql'; readonly until: SpreadEnd };

export interface LoadReport {
  /** Spread: pairs of hold and confirm. Hot: rounds with exactly one winner. Subscriptions: milliseconds of the 95th of 100. */
  readonly done: number;
  readonly seconds: number;
  /** Answers that were neither success nor, when contended, an honest refusal. */
  readonly failures: readonly string[];
}

const DAY = 86_400_000;
const HALF_HOUR = 1_800_000;
// 06:00 to 22:00 UTC on every day; nothing can be booked more than 90 days ahead.
const PER_DAY = 32;
const DAYS = 88;

/** The n-th window of half an hour that is open from tomorrow on, the same for every station. */
export function windowAt(n: number): { fromAt: Date; toAt: Date } {
  if (n >= PER_DAY * DAYS)
    throw new Error(
      `The stations have ${String(PER_DAY * DAYS)} windows; number ${String(n)} was asked for.`,
    );
  const tomorrow = (Math.floor(Date.now() / DAY) + 1) * DAY;
  const fromAt = tomorrow + Math.floor(n / PER_DAY) * DAY + 6 * 3_600_000 + (n % PER_DAY) * HALF_HOUR;
  return { fromAt: new Date(fromAt), toAt: new Date(fromAt + HALF_HOUR) };
}
