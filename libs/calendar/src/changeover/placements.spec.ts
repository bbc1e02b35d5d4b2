import { describe, expect, it } from '@jest/globals';
import { CalendarInputError } from '../window.js';
import {
  changeoverMatrix,
  freeForFamily,
  placeOnStation,
  relink,
  removeFromStation,
  violations,
  type StationTimeline,
} from './index.js';
import { at, booked, matrix, now, row, span, station } from './two-days.fixture.js';

const place = (timeline: StationTimeline, family: string, from: string, to: string) =>
  placeOnStation(timeline, matrix, span(from, to), family, now);

describe('a placement', () => {
  it('needs no changeover on a station that was never used', () => {
    expect(place(station(), 'red', '01T08:00', '01T09:00')).toMatchObject({
      claimFromAt: at('01T08:00'),
      changeover: { minutes: 0, costMinor: 0n },
      successor: null,
    });
  });

  it('claims its changeover before it, and gives the new claim of its successor', () => {
    const timeline = station([
      booked('black', '01T08:00', '01T09:00'),
      booked('blue', '01T14:00', '01T15:00'),
    ]);
    expect(place(timeline, 'red', '01T10:00', '01T11:00')).toEqual({
      stationId: 'a',
      claimFromAt: at('01T09:00'),
      changeover: { minutes: 60, costMinor: 60n },
      successor: { id: 'blue 01T14:00', claimFromAt: at('01T13:00'), changeoverMinutes: 60 },
      marginal: { minutes: 90, costMinor: 90n },
    });
  });

  it.each([
    ['is too near its predecessor', 'red', '01T09:30', '01T11:00'],
    ['is too near its successor', 'red', '01T11:00', '01T13:30'],
    ['overlaps a booking', 'black', '01T08:30', '01T10:00'],
    ['leaves the opening hours', 'blue', '01T17:00', '01T19:00'],
    ['has no length', 'black', '01T10:00', '01T10:00'],
  ])('is refused when it %s', (_, family, from, to) => {
    const timeline = station([
      booked('black', '01T08:00', '01T09:00'),
      booked('blue', '01T14:00', '01T15:00'),
    ]);
    expect(place(timeline, family, from, to)).toBeNull();
  });

  it('changes over in opening hours, on the evening before if need be, and finds its family after a closure', () => {
    const timeline = station([booked('black', '01T10:00', '01T17:30')]);
    expect(place(timeline, 'blue', '02T08:00', '02T09:00')?.claimFromAt).toBe(at('01T17:30'));
    expect(place(timeline, 'red', '02T08:00', '02T09:00')).toBeNull();
    expect(place(timeline, 'red', '02T08:30', '02T09:00')?.claimFromAt).toBe(at('01T17:30'));
    expect(place(timeline, 'black', '02T08:00', '02T09:00')?.changeover.minutes).toBe(0);
  });

  it('remembers what was set up long before the loaded range', () => {
    const timeline = station([], { familyBefore: 'black', busyUntil: at('01T00:00') - 90 * 86_400_000 });
    expect(place(timeline, 'black', '01T08:00', '01T09:00')?.claimFromAt).toBe(at('01T08:00'));
    expect(place(timeline, 'blue', '01T08:30', '01T09:00')?.claimFromAt).toBe(at('01T08:00'));
    // The changeover cannot begin before now, and from now on only half an hour is open before it.
    expect(place(timeline, 'red', '01T08:30', '01T09:00')).toBeNull();
  });

  it('begins its claim where the known hours begin when more is not known', () => {
    const timeline = station([], { familyBefore: 'black', busyUntil: 0, knownFromAt: at('01T08:00') });
    const early = placeOnStation(timeline, matrix, span('01T08:30', '01T09:00'), 'red', at('01T07:00'));
    expect(early?.claimFromAt).toBe(at('01T08:00'));
  });

  it('counts what is open from the very start of what is known', () => {
    const timeline = station([], {
      familyBefore: 'black',
      busyUntil: at('01T08:00'),
      knownFromAt: at('01T08:00'),
    });
    expect(place(timeline, 'red', '01T08:30', '01T10:00')).toBeNull();
    expect(freeForFamily(timeline, matrix, 'red', now)[0]).toEqual(span('01T09:00', '01T18:00'));
    expect(place(timeline, 'red', '01T09:00', '01T10:00')?.claimFromAt).toBe(at('01T08:00'));
  });

  it('does not wait for a hold that has lapsed', () => {
    const dead = { ...booked('red', '01T09:00', '01T10:00'), expiresAt: now };
    expect(place(station([dead]), 'blue', '01T09:00', '01T10:00')).not.toBeNull();
    expect(place(station([{ ...dead, expiresAt: now + 1 }]), 'blue', '01T09:00', '01T10:00')).toBeNull();
  });
});

describe('a claim that is taken out', () => {
  it('gives its successor the changeover from what then stands before it', () => {
    const claims = [
      booked('black', '01T08:00', '01T09:00'),
      booked('red', '01T10:00', '01T11:00'),
      booked('blue', '01T12:00', '01T13:00'),
    ];
    expect(removeFromStation(station(claims), matrix, 'red 01T10:00', now)).toEqual({
      id: 'blue 01T12:00',
      claimFromAt: at('01T11:30'),
      changeoverMinutes: 30,
    });
    expect(removeFromStation(station(claims), matrix, 'blue 01T12:00', now)).toBeNull();
  });

  it('must have been loaded', () => {
    expect(() => removeFromStation(station(), matrix, 'unknown', now)).toThrow(CalendarInputError);
  });
});

describe('a new matrix', () => {
  it('lists the pairs that no longer fit, and leaves them what there is', () => {
    const timeline = station([
      booked('black', '01T08:00', '01T09:00'),
      booked('blue', '01T09:30', '01T10:00'),
    ]);
    const slower = changeoverMatrix(['black', 'blue'], [row('black', 'blue', 45)]);
    expect(violations(timeline, matrix, now)).toEqual([]);
    expect(violations(timeline, slower, now)).toEqual([
      { beforeId: 'black 01T08:00', afterId: 'blue 01T09:30', neededMinutes: 45, openMinutes: 30 },
    ]);
    expect(relink(timeline, slower, now)[1]).toMatchObject({
      claimFromAt: at('01T09:00'),
      changeoverMinutes: 45,
    });
  });
});
