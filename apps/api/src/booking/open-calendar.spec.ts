import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@touchmark/calendar';
import { StationHours, type CalendarText } from './open-calendar.js';

const NOW = Date.UTC(2026, 10, 18);
const MOST_BYTES = 64 * 1024 * 1024;
const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 480, toMinute: 1200 }));
const calendar = (change: Partial<CalendarText> = {}): CalendarText => ({
  ...{ timeZone: 'UTC', hours: JSON.stringify(hours), ownHours: null, closures: null },
  ...change,
});
const range = (days: number) => ({ fromAt: NOW, toAt: NOW + days * DAY_MS });

describe('what is remembered of opening hours', () => {
  it('is given again, and worked out once for stations with the same hours', () => {
    const before = StationHours.windowsWorkedOut;
    const known = StationHours.between(calendar(), range(10));
    expect(known.of('cell', 'a')).toHaveLength(10);
    expect(StationHours.between(calendar(), range(10)).of('cell', 'b')).toBe(known.of('cell', 'a'));
    expect(StationHours.windowsWorkedOut - before).toBe(10);
  });

  it('stays bounded in number and in size, however many closures the keys are made of', () => {
    const closure = { cellId: null, stationId: null, fromAt: NOW, toAt: NOW + DAY_MS };
    for (let count = 1; count <= 600; count += 1) {
      const closures = JSON.stringify(Array.from({ length: 500 }, () => ({ ...closure, count })));
      expect(StationHours.between(calendar({ closures }), range(2)).of('cell', 'a')).toHaveLength(1);
      expect(StationHours.remembered.lists).toBeLessThanOrEqual(500);
      expect(StationHours.remembered.bytes).toBeLessThanOrEqual(MOST_BYTES);
    }
    expect(StationHours.remembered.lists).toBeGreaterThan(0);
  });
});
