import { BAND_ROWS, CLASS_ROWS, POINT_ROWS } from '#lib/tariff-words.ts';
import { FormReader, daysOf } from './form-reader.ts';

/** The tariff that a form describes, or the first field that could not be read. */
export function tariffIn(data: FormData) {
  const read = new FormReader(data);
  const at = (name: string, row: number): string => `${name}.${String(row)}`;
  const tariff = {
    bands: read.rows('bandDays', BAND_ROWS).flatMap((row) => {
      const band = {
        label: read.text(at('bandLabel', row)),
        fromMinute: read.minute(at('bandFrom', row)),
        toMinute: read.minute(at('bandTo', row)) || 1440,
        percent: read.whole(at('bandPercent', row), 'Percent of the base rate'),
      };
      return daysOf(read.text(at('bandDays', row))).map((weekday) => ({ weekday, ...band }));
    }),
    load: {
      enabled: read.has('enabled'),
      floorPercent: read.whole('floorPercent', 'Never below'),
      ceilingPercent: read.whole('ceilingPercent', 'Never above'),
      utilisation: read.rows('loadAt', POINT_ROWS).map((row) => ({
        atPercent: read.whole(at('loadAt', row), 'From percent booked'),
        percent: read.whole(at('loadPercent', row), 'Percent of the price'),
      })),
      leadTime: read.rows('leadAt', POINT_ROWS).map((row) => ({
        hours: read.whole(at('leadAt', row), 'From hours ahead'),
        percent: read.whole(at('leadPercent', row), 'Percent of the price'),
      })),
    },
    classes: read.rows('class', CLASS_ROWS).map((row) => ({
      memberClass: read.text(at('class', row)),
      percent: read.whole(at('classPercent', row), 'Percent for the class'),
    })),
    peerPercent: read.whole('peerPercent', 'Peers pay'),
    changeover: { charge: read.has('charge'), hourlyPercent: read.whole('hourlyPercent', 'Changeover time') },
  };
  return read.fault === null
    ? { kind: 'Read' as const, tariff }
    : { kind: 'Unreadable' as const, fault: read.fault };
}
