export { Cells, type CellWithStations } from './cells.js';
export { CellType, StationType, WorkshopType } from './workshop.types.js';
export { Workshops, type WorkshopCalendar } from './workshops.js';
export { WorkshopsModule } from './workshops.module.js';
