import type { LoadCurve, Tariff, TariffBand } from './tariff.js';

export type TariffRefusal =
  | { readonly kind: 'TariffInvalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'BandsOverlap'; readonly row: number; readonly message: string }
  | {
      readonly kind: 'FloorAboveCeiling';
      readonly floorPercent: number;
      readonly ceilingPercent: number;
      readonly message: string;
    };

export type TariffDecision = { readonly kind: 'TariffAccepted'; readonly tariff: Tariff } | TariffRefusal;

/** The highest percent of a tariff: ten times the base rate is a slip of the hand. */
export const MOST_PERCENT = 1000;
const MOST_BANDS = 100;
const MOST_POINTS = 20;
const MOST_CLASSES = 50;
const MOST_LEAD_HOURS = 8760;

const CLASS_FORM = /^[a-z][a-z0-9-]{0,31}$/;

function invalid(field: string, message: string): TariffRefusal {
  return { kind: 'TariffInvalid', field, message };
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function refusePercents(
  percents: readonly (readonly [field: string, percent: number])[],
): TariffRefusal | null {
  for (const [field, percent] of percents) {
    if (!within(percent, 0, MOST_PERCENT)) {
      return invalid(field, `${field} is ${percent}. Give a whole percent from 0 to ${MOST_PERCENT}.`);
    }
  }
  return null;
}

function refuseLengths({ bands, load, classes }: Tariff): TariffRefusal | null {
  const lists = [
    ['bands', bands.length, MOST_BANDS],
    ['load.utilisation', load.utilisation.length, MOST_POINTS],
    ['load.leadTime', load.leadTime.length, MOST_POINTS],
    ['classes', classes.length, MOST_CLASSES],
  ] as const;
  const over = lists.find(([, length, most]) => length > most);
  return over ? invalid(over[0], `${over[0]} has ${over[1]} rows. Keep at most ${over[2]}.`) : null;
}

function refuseBands(bands: readonly TariffBand[]): TariffRefusal | null {
  for (const [index, { weekday, fromMinute, toMinute, label }] of bands.entries()) {
    const row = index + 1;
    if (!within(weekday, 1, 7) || !within(fromMinute, 0, 1439) || !within(toMinute, fromMinute + 1, 1440)) {
      const message = `Band ${row} is no time of the week. Give a weekday from 1 to 7 and minutes with 0 <= from < to <= 1440.`;
      return invalid(`bands[${index}]`, message);
    }
    if (label.trim() === '' || label.length > 40) {
      return invalid(`bands[${index}].label`, `Band ${row} needs a label of 1 to 40 characters.`);
    }
    const clash = bands.findIndex(
      (other, at) =>
        at < index && other.weekday === weekday && other.fromMinute < toMinute && fromMinute < other.toMinute,
    );
    if (clash >= 0) {
      const message = `Band ${row} overlaps band ${clash + 1}. Join them or move one.`;
      return { kind: 'BandsOverlap', row, message };
    }
  }
  return null;
}

function refuseCurve(field: string, starts: readonly number[], most: number): TariffRefusal | null {
  for (const [index, start] of starts.entries()) {
    if (!within(start, 0, most)) {
      return invalid(
        `${field}[${index}]`,
        `Point ${index + 1} of ${field} starts at ${start}. Give a whole number from 0 to ${most}.`,
      );
    }
    if (start <= (starts[index - 1] ?? -1)) {
      const message = `Point ${index + 1} of ${field} does not start after the point before it. Put them in rising order, each once.`;
      return invalid(`${field}[${index}]`, message);
    }
  }
  return null;
}

function refuseLoad({
  utilisation,
  leadTime,
  floorPercent,
  ceilingPercent,
}: LoadCurve): TariffRefusal | null {
  const uses = utilisation.map(({ atPercent }) => atPercent);
  const leads = leadTime.map(({ hours }) => hours);
  const unordered =
    refuseCurve('load.utilisation', uses, 100) ?? refuseCurve('load.leadTime', leads, MOST_LEAD_HOURS);
  if (unordered !== null || floorPercent <= ceilingPercent) return unordered;
  const message = `The floor of ${floorPercent} percent is above the ceiling of ${ceilingPercent}. Lower the floor or raise the ceiling.`;
  return { kind: 'FloorAboveCeiling', floorPercent, ceilingPercent, message };
}

function refuseClasses(names: readonly string[]): TariffRefusal | null {
  for (const [index, name] of names.entries()) {
    const field = `classes[${index}].memberClass`;
    if (!CLASS_FORM.test(name)) {
      return invalid(field, `${field} takes 1 to 32 lower case letters, digits and dashes, such as student.`);
    }
    if (names.indexOf(name) < index) return invalid(field, `The class ${name} has two rates. Keep one.`);
  }
  return null;
}

/** Decides whether a tariff can be: whole percents from 0 to 1000, bands that do not overlap, rising curves, floor not above ceiling. */
export function decideTariff(tariff: Tariff): TariffDecision {
  const { bands, load, classes, peerPercent, changeover } = tariff;
  const refused =
    refuseLengths(tariff) ??
    refusePercents([
      ...bands.map(({ percent }, index) => [`bands[${index}].percent`, percent] as const),
      ...load.utilisation.map(({ percent }, at) => [`load.utilisation[${at}].percent`, percent] as const),
      ...load.leadTime.map(({ percent }, at) => [`load.leadTime[${at}].percent`, percent] as const),
      ['load.floorPercent', load.floorPercent],
      ['load.ceilingPercent', load.ceilingPercent],
      ...classes.map(({ percent }, index) => [`classes[${index}].percent`, percent] as const),
      ['peerPercent', peerPercent],
      ['changeover.hourlyPercent', changeover.hourlyPercent],
    ]) ??
    refuseBands(bands) ??
    refuseLoad(load) ??
    refuseClasses(classes.map(({ memberClass }) => memberClass));
  return refused ?? { kind: 'TariffAccepted', tariff };
}
