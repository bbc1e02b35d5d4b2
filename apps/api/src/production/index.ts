export { PassedUnits, type PassedUnit } from './passed-units.js';
export { Photos } from './photos/photos.js';
export { CHECKS } from './production.checks.js';
export { ProductionHistory, type ProductionEvent } from './production-history.js';
export { ProductionModule } from './production.module.js';
export { OrderUnitType, UnitType } from './production.types.js';
