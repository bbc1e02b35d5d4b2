export * from './band-minutes.js';
export * from './cancel-fee.js';
export * from './decide-tariff.js';
export * from './load.js';
export * from './quote.js';
export * from './tariff.js';
export * from './utilisation.js';
export * from './week-hours.js';
