import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MakingEvent } from '@touchmark/certificates';
import type { Piece } from '../piece.js';
import { epcisDocument } from './epcis-document.js';
import { type ObjectEvent, eventHash, hashable } from './event-hash.js';

const base = {
  type: 'ObjectEvent',
  eventTimeZoneOffset: '+00:00',
  certificationInfo: 'https://coop.example/certificates/019a/bundle',
  epcList: ['https://id.gs1.org/01/04012345000016/21/7'],
} as const;
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
      '462463de212b0b45d3252e9c50e72c297965dba45cb9eea69853915123cd2b5e',
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
      '95d27aed4e422a1f532ddb57069712b84bcba3d7709e997d4cb9f65b750fce0e',
    ],
    [
      {
        ...base,
        ...{ eventTime: '2026-11-21T10:00:00.123Z', action: 'OBSERVE', bizStep: 'inspecting' },
        ...{ disposition: 'conformant', own: { kind: 'quality', text: 'Zürich „passt“', result: 'passed' } },
      },
      '5d2202a759e7d1335f744b480623fb6bea9f73e2601379095e895a048567bdfa',
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
  ])('of a text such as %j leaves nothing to interpret: %j', (text, expected) => {
    expect(hashable(text)).toBe(expected);
    expect(hashable(expected)).toBe(expected);
  });

  it('reads no number and no address in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = hashable(text);
        expect(plain === '' || Number.isNaN(Number(plain))).toBe(true);
        expect(plain).not.toMatch(/\/[0-9]|urn:|\s\s|^\s|\s$/i);
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
      base.certificationInfo,
    );
    expect(eventsOf(document)).toMatchObject([
      { action: 'ADD', bizStep: 'commissioning', eventTime: at(0).toISOString() },
      { action: 'OBSERVE', 'touchmark:station': 'Riso 1', 'touchmark:until': at(30).toISOString() },
      { bizStep: 'inspecting', disposition: 'conformant' },
    ]);
    expect(document?.creationDate).toBe(at(40).toISOString());
  });

  it('gives each event its hash for a name, which any change of it changes', () => {
    const of = (text: string): unknown =>
      eventsOf(epcisDocument(piece([moment({ at: at(0), text })]), base.certificationInfo))[1]?.['eventID'];
    expect(of('a')).toMatch(/^ni:\/\/\/sha-256;[0-9a-f]{64}[?]ver=CBV2[.]0$/);
    expect(of('a')).not.toBe(of('b'));
  });

  it('knows only when it passed where nothing else is disclosed, and is none without any time or number', () => {
    expect(eventsOf(epcisDocument(piece([]), base.certificationInfo))).toHaveLength(1);
    expect(epcisDocument({ ...piece([]), passedAt: null }, base.certificationInfo)).toBeNull();
    expect(epcisDocument({ ...piece([]), gtin: null }, base.certificationInfo)).toBeNull();
    expect(epcisDocument({ ...piece([]), gtin: 'a/b' }, base.certificationInfo)).toBeNull();
  });
});
