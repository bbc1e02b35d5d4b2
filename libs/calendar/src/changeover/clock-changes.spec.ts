import { describe, expect, it } from '@jest/globals';
import { openWindows } from '../opening.js';
import { MINUTE_MS } from '../window.js';
import { Minutes, STEP, LENGTH, instant, matrixOf } from './counting-minutes.fixture.js';
import { choosePlacement, placeOnStation, type StationClaim } from './index.js';

describe('across clock changes', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T12:00Z'],
    ['Europe/Berlin', '2026-10-24T12:00Z'],
    ['America/New_York', '2026-03-07T18:00Z'],
    ['America/New_York', '2026-10-31T18:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T02:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T02:00Z'],
  ])(
    'in %s from %s on a station takes what counting minutes allows, past midnight and the change',
    (zone, from) => {
      const startAt = Date.parse(from);
      const range = { fromAt: startAt, toAt: instant(LENGTH, startAt) };
      // Open to midnight and from it on, closed 02:45 to 04:00, so edges lie beside the change.
      const hours = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
        { weekday, fromMinute: 0, toMinute: 165 },
        { weekday, fromMinute: 240, toMinute: 1440 },
      ]);
      const open = openWindows({ zone, hours, closures: [] }, range);
      const openAt = Array.from({ length: LENGTH }, (_, minute) =>
        open.some(
          ({ fromAt, toAt }) => fromAt <= instant(minute, startAt) && instant(minute, startAt) < toAt,
        ),
      );
      const matrix = matrixOf([{ from: '*', to: '*', minutes: 90, costMinor: 0n }]);
      const needed = (a: string | null, b: string | null) => matrix.between(a, b).minutes;
      const claim = (id: string, at: number): StationClaim => ({
        id,
        family: id,
        expiresAt: null,
        fromAt: instant(at, startAt),
        toAt: instant(at + 60, startAt),
      });
      const claims = [claim('black', 9 * 60), claim('blue', 20 * 60)];
      const timeline = {
        stationId: 's',
        number: 1,
        open,
        knownFromAt: startAt,
        familyBefore: null,
        busyUntil: null,
        claims,
      };
      const model = new Minutes(openAt, claims, { family: null, untilMinute: null }, needed, 0, startAt);
      let taken = 0;
      for (let minute = 0; minute < LENGTH; minute += STEP) {
        const window = { fromAt: instant(minute, startAt), toAt: instant(minute + 60, startAt) };
        const placed = placeOnStation(timeline, matrix, window, 'red', startAt);
        expect([minute, placed !== null]).toEqual([minute, model.accepts(minute, minute + 60, 'red')]);
        if (!placed) continue;
        taken += 1;
        const claimMinute = (placed.claimFromAt - startAt) / MINUTE_MS;
        expect(model.count(claimMinute, minute)).toBe(placed.changeover.minutes);
        expect(choosePlacement([timeline], matrix, window, 'red', startAt)?.placement).toEqual(placed);
      }
      expect(taken).toBeGreaterThan(20);
    },
  );
});
