import ICAL from 'ical.js';

export interface ParsedEvent {
  readonly uid: string;
  readonly status: string;
  readonly sequence: number;
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
  readonly modified: string;
  readonly summary: string;
  readonly location: string;
}

const MOST_OCTETS = 75;

/** What RFC 5545 asks of the lines themselves (3.1), and no parser insists on; each fault in words. */
export function lineFaults(text: string): string[] {
  const lines = text.split('\r\n');
  const long = lines
    .filter((line) => Buffer.byteLength(line) > MOST_OCTETS)
    .map((line) => `too long: ${line}`);
  const wrong = lines
    .filter((line) => /\p{Cc}/u.test(line.replaceAll('\t', '')))
    .map((line) => `control character: ${line}`);
  return [
    ...long,
    ...wrong,
    ...(text.includes('\uFFFD') ? ['a character was cut in two'] : []),
    ...(text.endsWith('END:VCALENDAR\r\n') ? [] : ['the last line does not end']),
  ];
}

/** Reads a calendar with every leniency of the parser switched off; throws where the text is no iCalendar. */
export function strictCalendar(text: string): {
  readonly name: string;
  readonly events: readonly ParsedEvent[];
} {
  ICAL.design.strict = true;
  const parsed: unknown = ICAL.parse(text);
  const calendar = new ICAL.Component(parsed as string);
  for (const required of ['prodid', 'version'])
    if (calendar.getAllProperties(required).length !== 1) throw new Error(`${required} must be there once`);
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    for (const once of [
      'uid',
      'dtstamp',
      'dtstart',
      'dtend',
      'sequence',
      'last-modified',
      'status',
      'summary',
    ])
      if (event.getAllProperties(once).length !== 1) throw new Error(`${once} must be there once`);
    const value = (name: string): string => String(event.getFirstPropertyValue(name));
    return {
      uid: value('uid'),
      status: value('status'),
      sequence: Number(value('sequence')),
      start: value('dtstart'),
      end: value('dtend'),
      stamp: value('dtstamp'),
      modified: value('last-modified'),
      summary: value('summary'),
      location: value('location'),
    };
  });
  return { name: String(calendar.getFirstPropertyValue('x-wr-calname')), events };
}
