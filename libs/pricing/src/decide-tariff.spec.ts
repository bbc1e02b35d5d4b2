import { describe, expect, it } from '@jest/globals';
import { decideTariff, NO_TARIFF, type Tariff } from './index.js';

const band = { weekday: 1, fromMinute: 540, toMinute: 600, percent: 150, label: 'Peak' };
const load = NO_TARIFF.load;
const overlapping: Partial<Tariff> = { bands: [band, { ...band, fromMinute: 590, toMinute: 700 }] };
const many = Array.from({ length: 101 }, () => band);

describe('a tariff', () => {
  it('is accepted with bands that touch, rising curves and a floor at the ceiling', () => {
    const tariff: Tariff = {
      bands: [band, { ...band, fromMinute: 600, toMinute: 1440 }, { ...band, weekday: 2, percent: 0 }],
      load: {
        enabled: true,
        utilisation: [
          { atPercent: 0, percent: 80 },
          { atPercent: 100, percent: 1000 },
        ],
        leadTime: [{ hours: 0, percent: 120 }],
        floorPercent: 100,
        ceilingPercent: 100,
      },
      classes: [{ memberClass: 'student', percent: 50 }],
      peerPercent: 150,
      changeover: { charge: true, hourlyPercent: 100 },
    };
    expect(decideTariff(tariff)).toEqual({ kind: 'TariffAccepted', tariff });
    expect(decideTariff(NO_TARIFF).kind).toBe('TariffAccepted');
  });

  it('is refused with a floor above the ceiling, which it names', () => {
    expect(
      decideTariff({ ...NO_TARIFF, load: { ...load, floorPercent: 120, ceilingPercent: 119 } }),
    ).toMatchObject({ kind: 'FloorAboveCeiling', floorPercent: 120, ceilingPercent: 119 });
  });

  it('is refused with bands that overlap, naming the row', () => {
    expect(decideTariff({ ...NO_TARIFF, ...overlapping })).toMatchObject({ kind: 'BandsOverlap', row: 2 });
  });

  it.each<[string, Partial<Tariff>]>([
    ['bands[0].percent', { bands: [{ ...band, percent: -1 }] }],
    ['bands[0].percent', { bands: [{ ...band, percent: 1001 }] }],
    ['bands[0].percent', { bands: [{ ...band, percent: 12.5 }] }],
    ['bands[0]', { bands: [{ ...band, weekday: 0 }] }],
    ['bands[0]', { bands: [{ ...band, toMinute: 540 }] }],
    ['bands[0]', { bands: [{ ...band, toMinute: 1441 }] }],
    ['bands[0].label', { bands: [{ ...band, label: ' ' }] }],
    ['bands', { bands: many }],
    ['load.utilisation[0]', { load: { ...load, utilisation: [{ atPercent: 101, percent: 100 }] } }],
    [
      'load.utilisation[1]',
      {
        load: {
          ...load,
          utilisation: [
            { atPercent: 50, percent: 100 },
            { atPercent: 50, percent: 120 },
          ],
        },
      },
    ],
    [
      'load.leadTime[1]',
      {
        load: {
          ...load,
          leadTime: [
            { hours: 24, percent: 100 },
            { hours: 2, percent: 120 },
          ],
        },
      },
    ],
    ['load.leadTime[0].percent', { load: { ...load, leadTime: [{ hours: 1, percent: -5 }] } }],
    ['load.floorPercent', { load: { ...load, floorPercent: -1 } }],
    ['load.ceilingPercent', { load: { ...load, ceilingPercent: Number.NaN } }],
    ['classes[0].percent', { classes: [{ memberClass: 'student', percent: 5000 }] }],
    ['classes[0].memberClass', { classes: [{ memberClass: 'Student', percent: 50 }] }],
    [
      'classes[1].memberClass',
      {
        classes: [
          { memberClass: 'student', percent: 50 },
          { memberClass: 'student', percent: 60 },
        ],
      },
    ],
    ['peerPercent', { peerPercent: -100 }],
    ['changeover.hourlyPercent', { changeover: { charge: false, hourlyPercent: -1 } }],
  ])('is refused at %s', (field, part) => {
    expect(decideTariff({ ...NO_TARIFF, ...part })).toMatchObject({ kind: 'TariffInvalid', field });
  });
});
