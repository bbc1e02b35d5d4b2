import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from './canonical-json.js';
import { makeDocument, withhold } from './document.js';
import { eventPath } from './history.js';
import { makerPath, makingOf } from './made-by.js';
import { bytesOf, sampleDocument } from './sample-certificate.js';

const of = (values: Record<string, JsonValue>) =>
  makingOf(
    makeDocument(Object.entries(values).map(([path, value]) => ({ path, salt: bytesOf(path), value }))),
  );

describe('what a document says of its making', () => {
  it('is its makers with their shares, and its events with their photos', () => {
    const making = makingOf(sampleDocument(1));
    expect(making.makers).toEqual([
      { name: 'A printer', kind: 'name', share: 6_667 },
      { name: 'Maker 3', kind: 'pseudonym', share: 3_333 },
    ]);
    expect(making.events.map(({ kind, text, station }) => [kind, text, station])).toEqual([
      ['operation', 'print', 'Riso 2'],
      ['photo', 'The second colour', null],
      ['quality', 'Inspection passed', null],
    ]);
    expect(making.events[0]?.until).toEqual(new Date('2026-11-20T09:35:00.000Z'));
    expect(making.events[1]?.photo).toEqual({ sha256: bytesOf('photo').slice(2), type: 'image/jpeg' });
    expect(making.events[2]?.result).toBe('passed');
  });

  it('counts who and what is withheld', () => {
    const shown = withhold(sampleDocument(1), [makerPath(2), eventPath(1), eventPath(2)]);
    expect(makingOf(shown)).toMatchObject({
      makers: [{ name: 'A printer' }],
      makersWithheld: 1,
      events: [{ kind: 'quality' }],
      eventsWithheld: 2,
    });
  });

  it('is read from the form of older certificates too', () => {
    const making = of({
      'how.history': [{ at: '2026-11-20T09:00:00.000Z', text: 'Printing began', station: 'Riso 2' }],
      'who.makers': ['Member of the demo', 'Artist of the demo'],
    });
    expect(making.makers).toEqual([
      { name: 'Member of the demo', kind: 'name', share: null },
      { name: 'Artist of the demo', kind: 'name', share: null },
    ]);
    expect(making.events).toMatchObject([
      { kind: 'note', text: 'Printing began', station: 'Riso 2', until: null, photo: null },
    ]);
  });

  it('leaves out what has another shape, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const plain = JSON.parse(
          JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' ? 1 : one)),
        ) as JsonValue;
        const making = of({
          [eventPath(1)]: plain,
          [makerPath(1)]: plain,
          'how.history': plain,
          'who.makers': plain,
        });
        expect([making.events.length, making.makers.length <= 1]).toEqual([0, true]);
      }),
    );
    const photo = { sha256: '../../etc', type: 'image/png' };
    expect(of({ [eventPath(1)]: { at: 'x', text: 'no time' }, [eventPath(2)]: 7 }).events).toEqual([]);
    expect(
      of({ [eventPath(1)]: { at: '2026-11-20T09:00:00.000Z', text: 'x', photo } }).events[0]?.photo,
    ).toBeNull();
  });

  it('has places for at most 99 makers', () => {
    expect(makerPath(7)).toBe('who.makers.07');
    expect(() => makerPath(100)).toThrow(RangeError);
    expect(() => eventPath(0)).toThrow(RangeError);
  });
});
