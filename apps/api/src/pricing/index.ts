export { CODE_CHECKS } from './pricing.checks.js';
export { PricingModule } from './pricing.module.js';
export { refuseTariff } from './refuse-tariff.js';
export { BandsOverlap, FloorAboveCeiling, type TariffRefused } from './set-tariff/set-tariff.types.js';
export { ownTariffJson, tariffJson, tariffOf } from './tariff-sql.js';
export { TariffType } from './tariff.types.js';
