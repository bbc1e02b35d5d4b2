import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, drawKey, type RoundRequest } from './index.js';

const seedOfNumber = (n: number): string => createHash('sha256').update(String(n)).digest('hex');
const SLOTS = [1, 2, 3, 4];

const requestLists = fc
  .uniqueArray(
    fc.record({
      pseudonym: fc.stringMatching(/^[0-9a-f]{8}$/),
      pastWins: fc.integer({ min: 0, max: 3 }),
      first: fc.integer({ min: 1, max: 4 }),
      second: fc.option(fc.integer({ min: 1, max: 4 })),
    }),
    { selector: (request) => request.pseudonym, maxLength: 12 },
  )
  .map((list) => list.map((one) => (one.second === one.first ? { ...one, second: null } : one)));
const rounds = fc.record({
  slots: fc.constant(SLOTS),
  requests: requestLists,
  cap: fc.constantFrom(1, 2),
  seed: fc.nat().map(seedOfNumber),
});

const request = (pseudonym: string, first: number, second: number | null, pastWins = 0): RoundRequest => ({
  ...{ pseudonym, pastWins, first, second },
});

describe('the allocation of a round', () => {
  it('serves first choices before second ones, and the fewest past wins before the draw', () => {
    const requests = [request('a', 1, 2, 1), request('b', 1, 2, 0), request('c', 2, 1, 5)];
    expect(allocate({ slots: [1, 2, 3], requests, cap: 1, seed: seedOfNumber(1) })).toEqual([
      { slot: 1, pseudonym: 'b', choice: 1 },
      { slot: 2, pseudonym: 'c', choice: 1 },
    ]);
  });

  it('lets second choices have what is left, up to the cap, those with the fewest wins first', () => {
    const requests = [request('a', 1, 2), request('b', 1, 2, 1), request('c', 3, 2)];
    const given = (cap: number): string[] =>
      allocate({ slots: [1, 2, 3], requests, cap, seed: seedOfNumber(3) }).map((win) => win.pseudonym);
    expect(given(1)).toEqual(['a', 'b', 'c']);
    const [, second = ''] = given(2);
    // All three have won once by then, in earlier rounds or in this one: the draw decides.
    const byDraw = ['a', 'b', 'c'].sort((x, y) =>
      drawKey(seedOfNumber(3), x) < drawKey(seedOfNumber(3), y) ? -1 : 1,
    );
    expect(second).toBe(byDraw[0]);
  });

  it('passes over a choice that a quota does not cover, and both together where it covers only one', () => {
    const given = (cap: number, ...requests: RoundRequest[]): [number, string][] =>
      allocate({ slots: SLOTS, requests, cap, seed: seedOfNumber(1) }).map((win) => [
        win.slot,
        win.pseudonym,
      ]);
    const rich = request('rich', 1, 2, 9);
    expect(given(2, { ...request('a', 1, 2), beyondQuota: ['first'] }, rich)).toEqual([
      [1, 'rich'],
      [2, 'a'],
    ]);
    expect(given(2, { ...request('a', 1, 2), beyondQuota: ['second'] }, request('b', 3, 2, 9))).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'b'],
    ]);
    expect(given(2, { ...request('a', 1, 2), beyondQuota: ['both'] }, request('b', 3, null))).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
    expect(given(2, { ...request('a', 1, 2, 1), beyondQuota: ['both'] }, request('b', 1, null))).toEqual([
      [1, 'b'],
      [2, 'a'],
    ]);
  });

  it('is the same for the same round, in whatever order the requests come', () => {
    fc.assert(
      fc.property(rounds, fc.infiniteStream(fc.nat()), (round, order) => {
        const shuffled = round.requests
          .map((one) => ({ one, at: order.next().value }))
          .sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
          .map(({ one }) => one);
        expect(allocate({ ...round, requests: shuffled })).toEqual(allocate(round));
      }),
    );
  });

  it('gives each slot at most once, at most the cap to one member, and only what was asked for', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const wins = allocate(round);
        expect(new Set(wins.map((win) => win.slot)).size).toBe(wins.length);
        for (const { pseudonym, slot, choice } of wins) {
          expect(wins.filter((win) => win.pseudonym === pseudonym).length).toBeLessThanOrEqual(round.cap);
          const asked = round.requests.find((one) => one.pseudonym === pseudonym);
          expect(choice === 1 ? asked?.first : asked?.second).toBe(slot);
        }
      }),
    );
  });

  it('leaves no slot to nobody that somebody below the cap asked for', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const wins = allocate(round);
        const wonBy = (pseudonym: string): number => wins.filter((win) => win.pseudonym === pseudonym).length;
        const open = SLOTS.filter((slot) => !wins.some((win) => win.slot === slot));
        for (const { pseudonym, first, second } of round.requests)
          if (wonBy(pseudonym) < round.cap)
            expect(open.some((slot) => slot === first || slot === second)).toBe(false);
      }),
    );
  });

  it('never gives a first choice to somebody while one with fewer past wins asks for the same', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        for (const { slot, pseudonym } of allocate(round)) {
          const winner = round.requests.find((one) => one.pseudonym === pseudonym);
          const rivals = round.requests.filter((one) => one.first === slot && one.pseudonym !== pseudonym);
          for (const rival of rivals) expect(winner?.pastWins ?? 0).toBeLessThanOrEqual(rival.pastWins);
        }
      }),
    );
  });

  it('knows a name by its place in the draw only: other names in the same places win the same', () => {
    fc.assert(
      fc.property(rounds, fc.nat(), (round, salt) => {
        const byDraw = (names: readonly string[]): string[] =>
          names.toSorted((a, b) => (drawKey(round.seed, a) < drawKey(round.seed, b) ? -1 : 1));
        const old = byDraw(round.requests.map((one) => one.pseudonym));
        const fresh = byDraw(old.map((_, place) => `member ${String(salt)} ${String(place)}`));
        const renamed = new Map(old.map((name, place) => [name, fresh[place] ?? '']));
        const rename = <Named extends { pseudonym: string }>(one: Named): Named => ({
          ...one,
          pseudonym: renamed.get(one.pseudonym) ?? '',
        });
        expect(allocate({ ...round, requests: round.requests.map(rename) })).toEqual(
          allocate(round).map(rename),
        );
      }),
    );
  });

  it('gives no name a better chance than another: equals win about as often over many seeds', () => {
    const names = ['00000000', 'ffffffff', 'a-name-of-ones-own'];
    const requests = names.map((name) => request(name, 1, null));
    const seeds = Array.from({ length: 3000 }, (_, n) => seedOfNumber(n));
    const winners = seeds.map((seed) => allocate({ slots: [1], requests, cap: 1, seed })[0]?.pseudonym);
    for (const name of names) {
      const share = winners.filter((winner) => winner === name).length;
      // A third of 3,000 within four standard deviations (26 each).
      expect(Math.abs(share - 1000)).toBeLessThan(104);
    }
  });
});
