import { describe, expect, it } from '@jest/globals';
import { dayUtilisation, localDay, utilisationPercent, utilisationWhenMade } from './index.js';

const window = (from: string, to: string): { fromAt: number; toAt: number } => ({
  fromAt: Date.parse(from),
  toAt: Date.parse(to),
});

describe('utilisation', () => {
  it.each([
    [0, 480, 0],
    [479, 480, 99],
    [480, 480, 100],
    [600, 480, 100],
    [1, 300, 0],
    [10, 0, 0],
  ])('of %s booked in %s open minutes is %s percent', (booked, open, percent) => {
    expect(utilisationPercent(booked, open)).toBe(percent);
  });

  it('counts what lies on the local day of the start, on all stations', () => {
    const open = [
      window('2026-11-22T22:00Z', '2026-11-23T02:00Z'),
      window('2026-11-23T08:00Z', '2026-11-23T17:00Z'),
    ];
    // Monday in Berlin starts at 23:00 UTC: 3 + 9 hours open per station, 2 + 4 of 24 hours booked.
    const stations = [
      { open, booked: [window('2026-11-22T22:00Z', '2026-11-23T01:00Z')] },
      { open, booked: [window('2026-11-23T09:00Z', '2026-11-23T13:00Z')] },
    ];
    expect(dayUtilisation(stations, 'Europe/Berlin', Date.parse('2026-11-23T10:00Z'))).toBe(25);
  });

  it.each([
    ['Europe/Berlin', '2026-10-25T10:00Z', 25],
    ['Europe/Berlin', '2026-03-29T10:00Z', 23],
    ['America/New_York', '2026-11-01T12:00Z', 25],
    ['Australia/Lord_Howe', '2026-04-05T02:00Z', 24.5],
  ])('has a day in %s around %s of %s hours', (zone, at, hours) => {
    const { fromAt, toAt } = localDay(zone, Date.parse(at));
    expect((toAt - fromAt) / 3_600_000).toBe(hours);
  });

  it('is for each claim that of the claims made before it', () => {
    const claims = [
      { id: 'c', madeAt: 30, minutes: 60 },
      { id: 'b', madeAt: 10, minutes: 120 },
      { id: 'a', madeAt: 10, minutes: 90 },
    ];
    expect([...utilisationWhenMade(claims, 600)]).toEqual([
      ['a', 0],
      ['b', 15],
      ['c', 35],
    ]);
  });

  it('refuses minutes below nothing', () => {
    expect(() => utilisationPercent(-1, 10)).toThrow('Pass minutes of 0 or more');
  });
});
