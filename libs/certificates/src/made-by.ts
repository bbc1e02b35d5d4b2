import { type CertificateDocument, isDisclosed } from './document.js';
import { type Hex, isLowerHex } from './hex.js';

const MAKERS = 'who.makers';
const EVENTS = 'how.events';

/** Somebody who made a piece, by the name they chose to print or by a pseudonym. */
export interface Maker {
  readonly name: string;
  readonly kind: 'name' | 'pseudonym';
  /** Share of credit in basis points, of 10,000 in all; null in a certificate of before shares were printed. */
  readonly share: number | null;
}

/** What kind of moment an event tells of; older certificates have only notes. */
export type MakingKind = 'operation' | 'quality' | 'photo' | 'note';

/** One moment in the making of a piece; `photo.sha256` are 64 hex digits without 0x, `/photos/<sha256>` is where it is served. */
export interface MakingEvent {
  readonly at: Date;
  readonly until: Date | null;
  readonly kind: MakingKind;
  readonly text: string;
  readonly station: string | null;
  readonly operation: string | null;
  readonly result: string | null;
  readonly photo: { readonly sha256: string; readonly type: string } | null;
}

/** What a document says of those who made the piece; `withheld` counts who is not shown, null is one of its fields of another shape. */
export interface Making {
  readonly makers: readonly Maker[];
  readonly makersWithheld: number;
  readonly events: readonly MakingEvent[];
  readonly eventsWithheld: number;
}

/**
 * Reads makers and production history of a document in the order they were signed in, of any form that was ever handed
 * out; what has another shape is left out, since a signature does not make it well-formed.
 */
export function makingOf(document: CertificateDocument): Making {
  const makers = fieldsOf(document, MAKERS, MAKERS);
  const events = fieldsOf(document, EVENTS, 'how.history');
  return {
    makers: makers.values.flatMap((value) => readMaker(value) ?? []),
    makersWithheld: makers.withheld,
    events: events.values.flatMap((value) => readEvent(value) ?? []),
    eventsWithheld: events.withheld,
  };
}

/** The path of the maker at a place from 1 to 99: `who.makers.01`; one field a person, so that each can be withheld alone. */
export function makerPath(place: number): string {
  if (!Number.isSafeInteger(place) || place < 1 || place > 99)
    throw new RangeError(`Got maker ${place}, expected 1 to 99.`);
  return `${MAKERS}.${String(place).padStart(2, '0')}`;
}

/** Values of `prefix.NN` in order, or of the one list that older certificates have under `older`. */
function fieldsOf(
  document: CertificateDocument,
  prefix: string,
  older: string,
): { readonly values: readonly unknown[]; readonly withheld: number } {
  const single = document.filter(({ path }) => path.startsWith(`${prefix}.`));
  const fields = single.length > 0 ? single : document.filter(({ path }) => path === older);
  const shown = fields.filter(isDisclosed).map(({ value }): unknown => value);
  const values =
    single.length > 0 ? shown : shown.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
  return { values, withheld: fields.length - shown.length };
}

function readMaker(value: unknown): Maker | null {
  if (typeof value === 'string') return { name: value, kind: 'name', share: null };
  const { name, kind, share } = membersOf(value);
  if (typeof name !== 'string' || (kind !== 'name' && kind !== 'pseudonym')) return null;
  const whole = typeof share === 'number' && share >= 0 && share <= 10_000;
  return { name, kind, share: whole ? share : null };
}

function readEvent(value: unknown): MakingEvent | null {
  const { at, until, kind, text, station, operation, result, photo } = membersOf(value);
  const began = momentOf(at);
  if (began === null || typeof text !== 'string') return null;
  return {
    at: began,
    until: momentOf(until),
    kind: kind === 'operation' || kind === 'quality' || kind === 'photo' ? kind : 'note',
    text,
    station: textOf(station),
    operation: textOf(operation),
    result: textOf(result),
    photo: photoOf(photo),
  };
}

function photoOf(value: unknown): MakingEvent['photo'] {
  const { sha256, type } = membersOf(value);
  const digest: Hex | null = typeof sha256 === 'string' ? `0x${sha256}` : null;
  if (!isLowerHex(digest, 32) || typeof type !== 'string') return null;
  return { sha256: digest.slice(2), type };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function momentOf(value: unknown): Date | null {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return null;
  return new Date(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
