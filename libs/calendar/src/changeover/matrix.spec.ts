import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addChangeovers,
  changeoverMatrix,
  compareChangeovers,
  decideChangeovers,
  rawChangeovers,
  type Changeover,
  type ChangeoverRow,
} from './index.js';

const families = ['black', 'blue', 'red', 'white'];
const row = (from: string, to: string, minutes: number, cost = 0): ChangeoverRow => ({
  from,
  to,
  minutes,
  costMinor: BigInt(cost),
});
const name = fc.constantFrom(...families, '*');
const tables = fc.uniqueArray(
  fc
    .tuple(name, name, fc.integer({ min: 0, max: 60 }), fc.nat(5))
    .map(([from, to, minutes, cost]) => row(from, to, minutes, cost)),
  { selector: ({ from, to }) => `${from} ${to}`, maxLength: 16 },
);
const pair = (rows: readonly ChangeoverRow[], from: string, to: string): Changeover =>
  changeoverMatrix(families, rows).between(from, to);

/** The cheapest chain by trying them all: every way that visits no family twice. */
function cheapestChain(rows: readonly ChangeoverRow[], from: string, to: string): Changeover {
  const raw = rawChangeovers(rows);
  const walk = (at: string, left: readonly string[]): Changeover[] => [
    raw(at, to),
    ...left.flatMap((via) =>
      walk(
        via,
        left.filter((each) => each !== via),
      ).map((rest) => addChangeovers(raw(at, via), rest)),
    ),
  ];
  const chains = walk(
    from,
    families.filter((each) => each !== from && each !== to),
  );
  return chains.reduce((best, each) => (compareChangeovers(each, best) < 0 ? each : best));
}

describe('the changeovers in force', () => {
  it('are the cheapest of all chains through families, by minutes and then by cost', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const matrix = changeoverMatrix(families, rows);
        for (const from of families) {
          for (const to of families) {
            if (from === to) continue;
            expect(matrix.between(from, to)).toEqual(cheapestChain(rows, from, to));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are never dearer than by way of a third family, nor than the table says', () => {
    fc.assert(
      fc.property(tables, fc.tuple(...[0, 1, 2].map(() => fc.nat(3))), (rows, places) => {
        const [a = '', b = '', c = ''] = places.map((place) => families[place] ?? '');
        const matrix = changeoverMatrix(families, rows);
        const byWay = addChangeovers(matrix.between(a, b), matrix.between(b, c));
        expect(compareChangeovers(matrix.between(a, c), byWay)).toBeLessThanOrEqual(0);
        expect(compareChangeovers(matrix.between(a, c), rawChangeovers(rows)(a, c))).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('stay the same when they are closed again', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const once = changeoverMatrix(families, rows);
        const closed = families.flatMap((from) =>
          families.map((to) => ({ from, to, ...once.between(from, to) })),
        );
        const twice = changeoverMatrix(families, closed);
        for (const { from, to } of closed) expect(twice.between(from, to)).toEqual(once.between(from, to));
      }),
    );
  });

  it.each<[string, ChangeoverRow[], number]>([
    [
      'an exact row before wildcards',
      [row('black', 'red', 7), row('black', '*', 20), row('*', 'red', 30)],
      7,
    ],
    [
      'the longer of leaving and entering',
      [row('black', '*', 20), row('*', 'red', 30), row('*', '*', 5)],
      30,
    ],
    ['what there is of leaving', [row('black', '*', 20), row('*', '*', 25), row('blue', 'white', 1)], 20],
    ['what there is of entering', [row('*', 'red', 30), row('*', '*', 35)], 30],
    ['the default of all pairs', [row('*', '*', 5), row('red', 'black', 50)], 5],
    ['nothing without a row', [row('red', 'black', 50)], 0],
    [
      'a cheaper chain instead of the row',
      [row('*', '*', 60), row('black', 'blue', 10), row('blue', 'red', 15)],
      25,
    ],
  ])('take %s', (_, rows, minutes) => {
    expect(pair(rows, 'black', 'red').minutes).toBe(minutes);
  });

  it('cost nothing from a family to itself, unless an exact row says otherwise', () => {
    expect(pair([row('*', '*', 30), row('black', '*', 30)], 'black', 'black').minutes).toBe(0);
    const cleaned = [row('*', '*', 30), row('black', 'black', 12, 400)];
    expect(pair(cleaned, 'black', 'black')).toEqual({ minutes: 12, costMinor: 400n });
  });

  it('choose the cheaper of two chains that are equally long', () => {
    const rows = [
      row('*', '*', 90, 9),
      row('black', 'blue', 10, 5),
      row('blue', 'red', 10, 5),
      row('black', 'red', 20, 11),
    ];
    expect(pair(rows, 'black', 'red')).toEqual({ minutes: 20, costMinor: 10n });
  });

  it('are nothing for a cell without families and for a family that it has no more', () => {
    const matrix = changeoverMatrix(families, [row('*', '*', 30, 1)]);
    for (const [from, to] of [
      [null, 'red'],
      ['red', null],
      [null, null],
      ['gold', 'red'],
    ] as const) {
      expect(matrix.between(from, to)).toEqual({ minutes: 0, costMinor: 0n });
    }
  });
});

describe('a changeover table', () => {
  it('is accepted with exact rows, wildcards and a family to itself', () => {
    const rows = [
      row('black', 'red', 1440),
      row('black', 'black', 0),
      row('*', 'red', 5),
      row('red', '*', 5),
      row('*', '*', 1),
    ];
    expect(decideChangeovers(families, rows)).toEqual({ kind: 'ChangeoversAccepted' });
  });

  it.each<[string, ChangeoverRow, RegExp]>([
    ['negative minutes', row('black', 'red', -1), /-1 minutes/],
    ['minutes that are not whole', row('black', 'red', 1.5), /1.5 minutes/],
    ['minutes that are no number', row('black', 'red', Number.NaN), /NaN minutes/],
    ['more than a day', row('black', 'red', 1441), /1441 minutes/],
    ['a negative cost', row('black', 'red', 5, -1), /-1 minor units/],
    ['an unknown family to come from', row('gold', 'red', 5), /"gold"/],
    ['an unknown family to go to', row('red', 'gold', 5), /"gold"/],
    ['the same pair as another row', row('blue', 'white', 9), /same pair as row 1/],
  ])('is refused with %s, naming the row', (_, faulty, message) => {
    const decision = decideChangeovers(families, [row('blue', 'white', 5), faulty]);
    expect(decision).toMatchObject({
      kind: 'ChangeoversInvalid',
      row: 2,
      message: expect.stringMatching(message),
    });
  });
});
