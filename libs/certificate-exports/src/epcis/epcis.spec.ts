import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MakingEvent } from '@touchmark/certificates';
import type { Piece } from '../piece.js';
import { epcisDocument } from './epcis-document.js';
import { type ObjectEvent, eventHash, hashable } from './event-hash.js';

const base = {
  type: 'ObjectEvent',
  eventTimeZoneOffset: '+00:00',
  epcList: ['https://id.gs1.org/01/04012345000016/21/7'],
} as const;
const BUNDLE = 'https://coop.example/certificates/019a/bundle';
const moment = (event: Partial<MakingEvent> & Pick<MakingEvent, 'at' | 'text'>): MakingEvent => ({
  ...{ until: null, kind: 'note', station: null, operation: null, result: null, photo: null },
  ...event,
});
const piece = (events: readonly MakingEvent[]): Piece => ({
  ...{ title: 'Harbour', serial: 7, size: 50, gtin: '04012345000016', sku: null, materials: null },
  ...{ coop: null, domain: null, passedAt: new Date('2026-11-21T10:00:00Z'), stations: [], tokenId: '1' },
  making: { makers: [], makersWithheld: 0, events, eventsWithheld: 0 },
});
const eventsOf = (document: ReturnType<typeof epcisDocument>): readonly Readonly<Record<string, unknown>>[] =>
  document?.epcisBody.eventList ?? [];

describe('the hash of an event', () => {
  // What epcis2.js 2.7.3, an implementation by others, answers for these events.
  const known: [ObjectEvent, string][] = [
    [
      {
        ...base,
        ...{ eventTime: '2026-11-21T09:00:00.000Z', action: 'ADD', bizStep: 'commissioning' },
        ...{ disposition: 'in_progress', own: {} },
      },
      '206361de3c47a6643ff2e1f73804199f3fdef9348f7e8d882003f74b091bc8e9',
    ],
    [
      {
        ...base,
        ...{
          eventTime: '2026-11-21T09:00:00.000Z',
          action: 'OBSERVE',
          bizStep: 'other',
          disposition: 'in_progress',
        },
        own: {
          ...{ kind: 'operation', text: 'First colour', station: 'Riso East', operation: 'print' },
          until: '2026-11-21T09:35:00.000Z',
        },
      },
      '3c68022fd67b1d0d8f4fe527affff90212ae03889029a1457ec9550a61b9db1b',
    ],
    [
      {
        ...base,
        ...{ eventTime: '2026-11-21T10:00:00.123Z', action: 'OBSERVE', bizStep: 'inspecting' },
        ...{ disposition: 'conformant', own: { kind: 'quality', text: 'Zürich „passt“', result: 'passed' } },
      },
      '797f038ba4c18b092cb2e957d21bebb7e3594b64428c2a8c0949d7071e6a0932',
    ],
  ];
  it.each(known)('is that of another implementation', (event, hash) => {
    expect(eventHash(event)).toBe(`ni:///sha-256;${hash}?ver=CBV2.0`);
  });

  it('does not heed the order of own members and identifiers', () => {
    const [event] = known[1] ?? [];
    if (event === undefined) throw new Error('Expected an event.');
    const turned = Object.fromEntries(Object.entries(event.own).reverse());
    expect(eventHash({ ...event, own: turned })).toBe(eventHash(event));
    const two = ['urn:b', 'urn:a'];
    expect(eventHash({ ...event, epcList: two })).toBe(eventHash({ ...event, epcList: [...two].reverse() }));
  });

  it.each([
    [' 007 ', '“007”'],
    ['٣', '“٣”'],
    ['1e5', '“1e5”'],
    ['NaN', '“NaN”'],
    ['-3 sheets', '“-3 sheets”'],
    ['Riso 1/2', 'Riso 1 / 2'],
    ['see https://x.example/01/1', 'see https: / x.example / 01 / 1'],
    ['a\n\tb\u0000c', 'a b c'],
    ['nano', 'nano'],
    ['see URN: 7', 'see urn 7'],
  ])('of a text such as %j leaves nothing to interpret: %j', (text, expected) => {
    expect(hashable(text)).toBe(expected);
    expect(hashable(expected)).toBe(expected);
  });

  it('reads no number and no address in any text', () => {
    // Random letters alone would hardly ever make one.
    const close = fc.constantFrom(
      'urn:',
      'URN',
      ':',
      '/',
      '7',
      '.5',
      '-',
      'e',
      '0x',
      'Infinity',
      'NaN',
      ' ',
      '\n',
    );
    const texts = fc.array(fc.oneof(close, fc.string({ unit: 'binary' })), { maxLength: 6 });
    fc.assert(
      fc.property(texts, (parts) => {
        const plain = hashable(parts.join(''));
        expect(plain === '' || Number.isNaN(Number(plain))).toBe(true);
        expect(plain).not.toMatch(/\/[0-9]|\burn:|\s\s|^\s|\s$/i);
      }),
    );
  });
});

describe('the making of a piece as events', () => {
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 21, 9, minute));

  it('begins when the first thing happened to it, and keeps the order of time', () => {
    const document = epcisDocument(
      piece([
        moment({ at: at(40), text: 'Inspection passed', kind: 'quality', result: 'passed' }),
        moment({ at: at(0), text: 'First colour', kind: 'operation', station: 'Riso 1', until: at(30) }),
      ]),
      BUNDLE,
    );
    expect(eventsOf(document)).toMatchObject([
      { action: 'ADD', bizStep: 'commissioning', eventTime: at(0).toISOString() },
      { action: 'OBSERVE', 'touchmark:station': 'Riso 1', 'touchmark:until': at(30).toISOString() },
      { bizStep: 'inspecting', disposition: 'conformant' },
    ]);
    expect(document?.creationDate).toBe(at(40).toISOString());
  });

  it('names the certificate beside the events, since implementations differ on whether to hash it within them', () => {
    const document = epcisDocument(piece([moment({ at: at(0), text: 'First colour' })]), BUNDLE);
    expect(document?.['touchmark:certificate']).toBe(BUNDLE);
    for (const event of eventsOf(document)) expect(event).not.toHaveProperty('certificationInfo');
  });

  it('gives each event its hash for a name, which any change of it changes', () => {
    const of = (text: string): unknown =>
      eventsOf(epcisDocument(piece([moment({ at: at(0), text })]), BUNDLE))[1]?.['eventID'];
    expect(of('a')).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}[?]ver=CBV2[.]0$/);
    expect(of('a')).not.toBe(of('b'));
  });

  it('knows only when it passed where nothing else is disclosed, and is none without any time or number', () => {
    expect(eventsOf(epcisDocument(piece([]), BUNDLE))).toHaveLength(1);
    expect(epcisDocument({ ...piece([]), passedAt: null }, BUNDLE)).toBeNull();
    expect(epcisDocument({ ...piece([]), gtin: null }, BUNDLE)).toBeNull();
    expect(epcisDocument({ ...piece([]), gtin: 'a/b' }, BUNDLE)).toBeNull();
  });
});
