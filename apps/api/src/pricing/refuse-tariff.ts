import { decideTariff, type Tariff } from '@touchmark/pricing';
import { InputRefused } from '../platform/graphql/index.js';
import { BandsOverlap, FloorAboveCeiling, type TariffRefused } from './set-tariff/set-tariff.types.js';

/** What is wrong with a tariff that somebody sent, as it is answered; null when nothing is. */
export function refuseTariff(tariff: Tariff): TariffRefused | null {
  const decision = decideTariff(tariff);
  switch (decision.kind) {
    case 'TariffAccepted':
      return null;
    case 'TariffInvalid':
      return new InputRefused(`tariff.${decision.field}`, decision.message);
    case 'BandsOverlap':
      return new BandsOverlap(decision);
    case 'FloorAboveCeiling':
      return new FloorAboveCeiling(decision);
    default:
      return decision satisfies never;
  }
}
