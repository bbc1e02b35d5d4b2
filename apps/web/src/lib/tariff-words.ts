import { dayRows } from './day-choices.ts';
import { clock } from './time.ts';

/** How many rows of each kind the form of a tariff has; the API takes more. */
export const BAND_ROWS = 8;
export const POINT_ROWS = 3;
export const CLASS_ROWS = 3;

export interface Tariff {
  readonly bands: readonly {
    readonly label: string;
    readonly weekday: number;
    readonly fromMinute: number;
    readonly toMinute: number;
    readonly percent: number;
  }[];
  readonly load: {
    readonly enabled: boolean;
    readonly floorPercent: number;
    readonly ceilingPercent: number;
    readonly utilisation: readonly { readonly atPercent: number; readonly percent: number }[];
    readonly leadTime: readonly { readonly hours: number; readonly percent: number }[];
  };
  readonly classes: readonly { readonly memberClass: string; readonly percent: number }[];
  readonly peerPercent: number;
  readonly changeover: { readonly charge: boolean; readonly hourlyPercent: number };
}

/** Bands of the same name, hours and price as one row, for a set of days that a form has a word for. */
export const bandRows = (bands: Tariff['bands']) =>
  dayRows(bands, (band) => [band.label, band.fromMinute, band.toMinute, band.percent]);

/** What stands in the fields of the form for a tariff. */
export function fieldsOf(tariff: Tariff): Record<string, string> {
  const { load, changeover } = tariff;
  const row = (name: string, index: number): string => `${name}.${String(index)}`;
  return Object.fromEntries([
    ...bandRows(tariff.bands).flatMap(({ days, row: band }, index) => [
      [row('bandDays', index), days],
      [row('bandLabel', index), band.label],
      [row('bandFrom', index), clock(band.fromMinute)],
      [row('bandTo', index), band.toMinute === 1440 ? '00:00' : clock(band.toMinute)],
      [row('bandPercent', index), String(band.percent)],
    ]),
    ...load.utilisation.flatMap(({ atPercent, percent }, index) => [
      [row('loadAt', index), String(atPercent)],
      [row('loadPercent', index), String(percent)],
    ]),
    ...load.leadTime.flatMap(({ hours, percent }, index) => [
      [row('leadAt', index), String(hours)],
      [row('leadPercent', index), String(percent)],
    ]),
    ...tariff.classes.flatMap(({ memberClass, percent }, index) => [
      [row('class', index), memberClass],
      [row('classPercent', index), String(percent)],
    ]),
    ...(load.enabled ? [['enabled', 'on']] : []),
    ...(changeover.charge ? [['charge', 'on']] : []),
    ['floorPercent', String(load.floorPercent)],
    ['ceilingPercent', String(load.ceilingPercent)],
    ['peerPercent', String(tariff.peerPercent)],
    ['hourlyPercent', String(changeover.hourlyPercent)],
  ]) as Record<string, string>;
}

/** Whether the form has rows enough to show a tariff whole; saving a part of it would change prices unseen. */
export const fitsForm = (tariff: Tariff): boolean =>
  bandRows(tariff.bands).length <= BAND_ROWS &&
  tariff.load.utilisation.length <= POINT_ROWS &&
  tariff.load.leadTime.length <= POINT_ROWS &&
  tariff.classes.length <= CLASS_ROWS;
