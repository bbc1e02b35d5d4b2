export { Cells } from './cells.js';
export { inductionSql } from './induction-sql.js';
export { CellType, StationType, WorkshopType } from './workshop.types.js';
export { Workshops } from './workshops.js';
export { WorkshopsModule } from './workshops.module.js';
