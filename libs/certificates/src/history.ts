import type { CertificateDocument, Field } from './document.js';
import { isDisclosed, valueHash } from './document.js';
import { fromHex, type Hex, keccak, toHex } from './hex.js';

const HISTORY_TAG = Uint8Array.of(0x04);
const EVENTS = 'how.events.';
const MOST_EVENTS = 9999;

/** The field that holds the head of the production history. */
export const HISTORY_HEAD = 'how.head';

/** The path of the event at a place of the production history, from 1 to 9999 on: `how.events.0001`. */
export function eventPath(place: number): string {
  if (!Number.isSafeInteger(place) || place < 1 || place > MOST_EVENTS)
    throw new RangeError(`Got event ${place}, expected 1 to ${MOST_EVENTS}.`);
  return `${EVENTS}${String(place).padStart(4, '0')}`;
}

/**
 * The head of a production history from the value hashes of its events in order: 32 zero bytes when there is none, then
 * head_i = keccak256(0x04, head_{i-1}, value hash of event i); it needs no event disclosed.
 */
export function historyHead(valueHashes: readonly Hex[]): Hex {
  const head = valueHashes.reduce<Uint8Array>(
    (before, hash) => keccak(HISTORY_TAG, before, fromHex(hash, 32)),
    new Uint8Array(32),
  );
  return toHex(head);
}

/** Adds to fields the head of the history that their events form, by the order of their places; throws RangeError for a gap. */
export function withHistoryHead(fields: readonly Field[], salt: Hex): Field[] {
  const events = eventsIn(fields).toSorted((left, right) => (left.path < right.path ? -1 : 1));
  const gap = gapIn(events);
  if (gap !== null) throw new RangeError(`These events form no history: ${gap}.`);
  return [...fields, { path: HISTORY_HEAD, salt, value: historyHead(events.map(valueHash)) }];
}

/**
 * Says why the events of a document, withheld or not, are not the history whose head it states, or null when they are;
 * a document without a head (an older one), or with a withheld one, states nothing that could be wrong.
 */
export function historyProblem(document: CertificateDocument): string | null {
  const stated = document.find(({ path }) => path === HISTORY_HEAD);
  if (stated === undefined || !isDisclosed(stated)) return null;
  const events = eventsIn(document);
  const gap = gapIn(events);
  if (gap !== null) return gap;
  const head = historyHead(events.map(valueHash));
  return stated.value === head
    ? null
    : `its ${events.length} events lead to ${head}, not to the head that it states`;
}

function eventsIn(fields: readonly Field[]): Field[] {
  return fields.filter(({ path }) => path.startsWith(EVENTS));
}

function gapIn(events: readonly Field[]): string | null {
  const wrong = events.findIndex(({ path }, place) => place >= MOST_EVENTS || path !== eventPath(place + 1));
  return wrong === -1 ? null : `"${events[wrong]?.path ?? ''}" stands at place ${wrong + 1} of its events`;
}
