export { Cells } from './cells.js';
export { Changeovers } from './changeovers.js';
export type { CellSetup } from './changeovers.repository.js';
export { Closures } from './closures.js';
export { inductionSql } from './induction-sql.js';
export { ChangedHours, type ChangedPlace, type HoursWatch } from './changed-hours.js';
export type { ClosureRow } from './openings.repository.js';
export {
  ChangeoverInput,
  ChangeoversType,
  changeoversOf,
} from './show-changeovers/show-changeovers.types.js';
export { CellType, ClosureKind, ClosureType, StationType, WorkshopType } from './workshop.types.js';
export { Workshops } from './workshops.js';
export { CHECKS } from './workshops.checks.js';
export { WorkshopsModule } from './workshops.module.js';
