import { DAY_MS, openWindows, type OpeningHours, type Window } from '@touchmark/calendar';

/** A workshop's calendar as the database writes it: rows as JSON text, instants in epoch milliseconds. */
export interface CalendarText {
  readonly timeZone: string;
  readonly hours: string | null;
  readonly ownHours: string | null;
  readonly closures: string | null;
}

interface Scope {
  readonly cellId: string | null;
  readonly stationId: string | null;
}

type OwnHours = Scope & OpeningHours;
type ScopedClosure = Scope & Window;

const MOST_REMEMBERED = 500;
// Estimated: 64 MB of a process, whatever its workshops' hours and closures are.
const MOST_BYTES = 64 * 1024 * 1024;
const BYTES_OF_WINDOW = 100;
const remembered = new Map<string, StationHours>();
let rememberedBytes = 0;

// A memo that is emptied is right too, only slower for a while.
function makeRoom(bytes: number): void {
  rememberedBytes += bytes;
  if (remembered.size < MOST_REMEMBERED && rememberedBytes <= MOST_BYTES) return;
  remembered.clear();
  rememberedBytes = bytes;
}

/** The first moment of the UTC day of an instant. */
export function dayFloor(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

/** The first moment of a UTC day that is not before an instant. */
export function dayCeiling(at: number): number {
  return Math.ceil(at / DAY_MS) * DAY_MS;
}

/**
 * When each station of a workshop is open in a stretch of time: its own hours, else its cell's, else the workshop's,
 * without the closures of all three. Stations with the same rows share one list.
 */
export class StationHours {
  /** How many open windows were ever worked out in this process: what no request may make many of. */
  static windowsWorkedOut = 0;
  private readonly hours: readonly OpeningHours[];
  private readonly ownHours: readonly OwnHours[];
  private readonly closures: readonly ScopedClosure[];
  private readonly known = new Map<string, readonly Window[]>();

  /** What is remembered now: lists of hours, and an estimate of their bytes. */
  static get remembered(): { readonly lists: number; readonly bytes: number } {
    return { lists: remembered.size, bytes: rememberedBytes };
  }

  private constructor(
    private readonly zone: string,
    calendar: CalendarText,
    readonly range: Window,
  ) {
    this.hours = JSON.parse(calendar.hours ?? '[]') as OpeningHours[];
    this.ownHours = JSON.parse(calendar.ownHours ?? '[]') as OwnHours[];
    this.closures = JSON.parse(calendar.closures ?? '[]') as ScopedClosure[];
  }

  /**
   * The hours of a stretch of time. What was worked out is remembered under all that it was worked out from, so an
   * answer can be old but never wrong.
   */
  static between(calendar: CalendarText, { fromAt, toAt }: Window): StationHours {
    const { timeZone, hours, ownHours, closures } = calendar;
    const key = `${timeZone} ${String(fromAt)} ${String(toAt)} ${hours ?? ''} ${ownHours ?? ''} ${closures ?? ''}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const made = new StationHours(timeZone, calendar, { fromAt, toAt });
    makeRoom(2 * key.length);
    remembered.set(key, made);
    return made;
  }

  /** The open windows of one station, sorted; they neither overlap nor touch. */
  of(cellId: string, stationId: string): readonly Window[] {
    const ofStation = this.ownHours.filter((own) => own.stationId === stationId);
    const ofCell = this.ownHours.filter((own) => own.cellId === cellId && own.stationId === null);
    const closures = this.closures.filter(
      (closure) =>
        closure.cellId === null ||
        (closure.cellId === cellId && (closure.stationId === null || closure.stationId === stationId)),
    );
    const own = ofStation.length > 0 ? stationId : ofCell.length > 0 ? cellId : '';
    const key = closures.length === 0 ? own : `${own} ${JSON.stringify(closures)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const hours = ofStation.length > 0 ? ofStation : ofCell.length > 0 ? ofCell : this.hours;
    const open = openWindows({ zone: this.zone, hours, closures }, this.range);
    StationHours.windowsWorkedOut += open.length;
    makeRoom(2 * key.length + BYTES_OF_WINDOW * open.length);
    this.known.set(key, open);
    return open;
  }
}
