/** Why a series cannot be what it was asked to be. */
export type SeriesInvalidReason =
  'UNREADABLE' | 'SUB_DAILY' | 'ENDS_BEFORE_START' | 'NO_OCCURRENCES' | 'TOO_MANY' | 'BEYOND_HORIZON';

export interface SeriesInvalid {
  readonly kind: 'SeriesInvalid';
  readonly reason: SeriesInvalidReason;
  readonly message: string;
}

/** A recurrence rule that can be expanded day by day, apart from its end. */
export interface Recurrence {
  readonly kind: 'RecurrenceRead';
  /** The rule in one spelling, without UNTIL. */
  readonly rule: string;
  readonly count: number | null;
  /** As it was written: a date, a time of the workshop's clocks, or an instant with Z. */
  readonly until: string | null;
}

export function seriesInvalid(reason: SeriesInvalidReason, message: string): SeriesInvalid {
  return { kind: 'SeriesInvalid', reason, message };
}

const MAX_LENGTH = 200;
const DAILY = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const SUB_DAILY = ['HOURLY', 'MINUTELY', 'SECONDLY'];
const TIMES_OF_DAY = ['BYHOUR', 'BYMINUTE', 'BYSECOND'];

const between = (least: number, most: number) => (text: string) =>
  /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most;
const signed = (most: number) => (text: string) =>
  /^[+-]?\d{1,3}$/.test(text) && Number(text) !== 0 && Math.abs(Number(text)) <= most;
const list = (each: (text: string) => boolean) => (text: string) => text.split(',').every(each);

// RFC 5545, section 3.3.10: the parts that choose days, with their ranges.
const PARTS: Readonly<Record<string, (text: string) => boolean>> = {
  FREQ: (text) => DAILY.includes(text),
  INTERVAL: between(1, 366),
  COUNT: between(1, 999),
  UNTIL: (text) => /^\d{8}(T\d{6}Z?)?$/.test(text),
  BYDAY: list((text) => /^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/.test(text)),
  BYMONTHDAY: list(signed(31)),
  BYYEARDAY: list(signed(366)),
  BYWEEKNO: list(signed(53)),
  BYMONTH: list(between(1, 12)),
  BYSETPOS: list(signed(366)),
  WKST: (text) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(text),
};

function partFault(name: string, value: string): SeriesInvalid | null {
  if ((name === 'FREQ' && SUB_DAILY.includes(value)) || TIMES_OF_DAY.includes(name)) {
    const message = `${name}=${value.slice(0, 32)} repeats within a day. A series has one window a day: use DAILY, WEEKLY, MONTHLY or YEARLY.`;
    return seriesInvalid('SUB_DAILY', message);
  }
  if (PARTS[name]?.(value) === true) return null;
  const known = Object.keys(PARTS).join(', ');
  const message = `"${name}=${value}" is no part of a rule. Use ${known} with values as in RFC 5545.`;
  return seriesInvalid('UNREADABLE', message.slice(0, 300));
}

// RFC 5545, section 3.3.10: which parts go together.
function togetherFault(parts: ReadonlyMap<string, string>): string | null {
  const freq = parts.get('FREQ');
  if (freq === undefined) return 'The rule has no FREQ. Start it with one, such as FREQ=WEEKLY;COUNT=8.';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'The rule has both COUNT and UNTIL. Keep one of them.';
  const numbered = /\d/.test(parts.get('BYDAY') ?? '');
  if (numbered && (freq === 'DAILY' || freq === 'WEEKLY' || parts.has('BYWEEKNO'))) {
    return 'BYDAY counts weekdays of a month or year only. Use it with FREQ=MONTHLY or YEARLY, such as BYDAY=1TU.';
  }
  if (freq === 'WEEKLY' && parts.has('BYMONTHDAY')) {
    return 'BYMONTHDAY does not go with FREQ=WEEKLY. Use FREQ=MONTHLY, or BYDAY.';
  }
  if (freq !== 'YEARLY' && (parts.has('BYYEARDAY') || parts.has('BYWEEKNO'))) {
    return 'BYYEARDAY and BYWEEKNO go with FREQ=YEARLY only. Use BYMONTHDAY or BYDAY.';
  }
  const chosen = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  return parts.has('BYSETPOS') && !chosen
    ? 'BYSETPOS chooses among the days of another part. Add one, such as BYDAY.'
    : null;
}

/**
 * Reads an RRULE (RFC 5545, section 3.3.10, with or without its name) that chooses days, one occurrence a day at most;
 * anything else is refused with what to write instead.
 */
export function readRecurrence(text: string): Recurrence | SeriesInvalid {
  const rule = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  if (rule.length > MAX_LENGTH) {
    return seriesInvalid('UNREADABLE', `The rule is longer than ${MAX_LENGTH} characters. Say it shorter.`);
  }
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const [name = '', ...rest] = part.split('=');
    const fault = partFault(name, rest.join('='));
    if (fault) return fault;
    if (parts.has(name)) return seriesInvalid('UNREADABLE', `The rule says ${name} twice. Keep one of them.`);
    parts.set(name, rest.join('='));
  }
  const fault = togetherFault(parts);
  if (fault !== null) return seriesInvalid('UNREADABLE', fault);
  const [count, until] = [parts.get('COUNT'), parts.get('UNTIL')];
  const days = [...parts].filter(([name]) => name !== 'UNTIL').map(([name, value]) => `${name}=${value}`);
  return {
    kind: 'RecurrenceRead',
    rule: days.join(';'),
    count: count === undefined ? null : Number(count),
    until: until ?? null,
  };
}
