/** A part of the week in wall time with a price of its own: Monday is weekday 1, minutes from 0 to 1440, `toMinute` excluded. */
export interface TariffBand {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Of the base rate: above 100 is peak, below is quiet. */
  readonly percent: number;
  readonly label: string;
}

/** From this utilisation on (whole percent of the day), the price is this percent; before the first point it is 100. */
export interface UtilisationPoint {
  readonly atPercent: number;
  readonly percent: number;
}

/** From this lead time on (hours between booking and start), the price is this percent; before the first point it is 100. */
export interface LeadTimePoint {
  readonly hours: number;
  readonly percent: number;
}

/** The load curve: the two percents multiply, and floor and ceiling bound the price of the time, in percent of the base rate. */
export interface LoadCurve {
  readonly enabled: boolean;
  readonly utilisation: readonly UtilisationPoint[];
  readonly leadTime: readonly LeadTimePoint[];
  readonly floorPercent: number;
  readonly ceilingPercent: number;
}

/** What members of a class pay, in percent of what others pay for the time. */
export interface ClassRate {
  readonly memberClass: string;
  readonly percent: number;
}

/** Whether a changeover that a booking causes is charged and one that it saves is credited, its time at a percent of the base rate. */
export interface ChangeoverPrice {
  readonly charge: boolean;
  readonly hourlyPercent: number;
}

/** All that makes a price besides the base rate of the cell; percents are whole, so that every quote is exact. */
export interface Tariff {
  readonly bands: readonly TariffBand[];
  readonly load: LoadCurve;
  readonly classes: readonly ClassRate[];
  /** What peers pay, in percent of what members without a class rate pay for the time. */
  readonly peerPercent: number;
  readonly changeover: ChangeoverPrice;
}

/** The base rate and nothing else: its totals are those of priceOfMinutes. */
export const NO_TARIFF: Tariff = {
  bands: [],
  load: { enabled: false, utilisation: [], leadTime: [], floorPercent: 0, ceilingPercent: 1000 },
  classes: [],
  peerPercent: 100,
  changeover: { charge: false, hourlyPercent: 0 },
};

/** Thrown when code, not a person, hands over what no price can be made of. */
export class PricingInputError extends Error {
  override readonly name = 'PricingInputError';
}
