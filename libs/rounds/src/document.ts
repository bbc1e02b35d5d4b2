import { ROUND_RULES, type ROUND_RULE, type RoundWin } from './allocate.js';
import { canonicalJson } from './canonical-json.js';
import { byPseudonym } from './draw.js';
import type { RoundRequest } from './request.js';

/** A slot as it is published; times are ISO 8601 in UTC. */
export interface PublishedSlot {
  readonly number: number;
  readonly stationId: string;
  readonly fromAt: string;
  readonly toAt: string;
}

/** The block whose hash the draw took. */
export interface PublishedBlock {
  readonly chainId: number;
  readonly number: number;
  readonly hash: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
}

/**
 * A round as anyone may read it: who asked for what by pseudonym, and once it is drawn all that the result follows from.
 * `requestsDigest` stands from the deadline on; `secret`, `block`, `seed` and `wins` from the draw on.
 */
export interface RoundDocument {
  readonly rule: typeof ROUND_RULE;
  readonly roundId: string;
  readonly cellId: string;
  readonly state: 'open' | 'closed' | 'drawn' | 'called_off';
  readonly openedAt: string;
  readonly deadlineAt: string;
  readonly cap: number;
  readonly commitment: string;
  readonly slots: readonly PublishedSlot[];
  readonly requests: readonly RoundRequest[];
  readonly requestsDigest: string | null;
  readonly block: PublishedBlock | null;
  readonly secret: string | null;
  readonly seed: string | null;
  readonly wins: readonly RoundWin[] | null;
}

/** The document as canonical JSON: the same round gives the same bytes. */
export function canonicalRound(round: RoundDocument): string {
  return canonicalJson({ ...round, requests: byPseudonym(round.requests) });
}

const STATES = ['open', 'closed', 'drawn', 'called_off'];

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);
const isHash = (value: unknown): boolean => isText(value) && /^(0x)?[0-9a-f]{64}$/.test(value);
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));

type Fields = Readonly<Record<string, unknown>>;

function isListOf(value: unknown, fits: (entry: Fields) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.every((entry: unknown) => typeof entry === 'object' && entry !== null && fits(entry as Fields))
  );
}

const isSlot = (slot: Fields): boolean =>
  isWhole(slot['number']) && isText(slot['stationId']) && isTime(slot['fromAt']) && isTime(slot['toAt']);
const isBeyondQuota = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => one === 'first' || one === 'second' || one === 'both');
const isRequest = (request: Fields): boolean =>
  isText(request['pseudonym']) &&
  isWhole(request['pastWins']) &&
  isWhole(request['first']) &&
  (request['second'] === null || isWhole(request['second'])) &&
  (request['beyondQuota'] === undefined || isBeyondQuota(request['beyondQuota']));
const isWin = (win: Fields): boolean =>
  isWhole(win['slot']) && isText(win['pseudonym']) && (win['choice'] === 1 || win['choice'] === 2);
const isBlock = (block: unknown): boolean =>
  isListOf(
    [block],
    (one) => isWhole(one['chainId']) && isWhole(one['number']) && isHash(one['hash']) && isTime(one['time']),
  );

const SHAPE: Readonly<Record<string, (value: unknown, drawn: boolean) => boolean>> = {
  rule: (value) => isText(value) && ROUND_RULES.includes(value),
  roundId: isText,
  cellId: isText,
  state: (value) => isText(value) && STATES.includes(value),
  openedAt: isTime,
  deadlineAt: isTime,
  cap: isWhole,
  commitment: isHash,
  slots: (value) => isListOf(value, isSlot),
  requests: (value) => isListOf(value, isRequest),
  requestsDigest: (value, drawn) => (drawn ? isHash(value) : value === null || isHash(value)),
  block: (value, drawn) => (drawn ? isBlock(value) : value === null),
  secret: (value, drawn) => (drawn ? isHash(value) : value === null),
  seed: (value, drawn) => (drawn ? isHash(value) : value === null),
  wins: (value, drawn) => (drawn ? isListOf(value, isWin) : value === null),
};

/** The document that a parsed JSON value is, or the name of the first field that is missing or of the wrong form. */
export function readRound(value: unknown): { readonly round: RoundDocument } | { readonly fault: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'the document' };
  const fields = value as Fields;
  const drawn = fields['state'] === 'drawn';
  const fault = Object.entries(SHAPE).find(([name, fits]) => !fits(fields[name], drawn));
  return fault === undefined ? { round: value as RoundDocument } : { fault: `"${fault[0]}"` };
}
