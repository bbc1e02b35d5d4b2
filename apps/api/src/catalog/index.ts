export { CatalogModule } from './catalog.module.js';
export { EditionType, WorkType } from './catalog.types.js';
export { CHECKS } from './catalog.checks.js';
export { Editions } from './editions.js';
export { Recipes, Works } from './works.js';
export { groupBy, keyOf, keysOf } from './keys.js';
