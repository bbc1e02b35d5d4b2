export { BookOperations } from './book-operations/book-operations.js';
export type {
  BookOperationsInput,
  BookOperationsOutcome,
  OperationToBook,
} from './book-operations/book-operations.types.js';
export { CHECKS } from './booking.checks.js';
export { CODE_CHECKS } from './booking.code-checks.js';
export { BookingModule } from './booking.module.js';
export { BookingState, BookingType } from './booking.types.js';
export { Bookings } from './bookings.js';
export { closuresJson, epochMs, hoursJson, ownHoursJson } from './calendar-sql.js';
export { CellClaims, type NewClaim } from './claims/cell-claims.js';
export { HORIZON_DAYS } from './claims/known-around.js';
export { FreedWindows } from './claims/freed-windows.js';
export type { LoadedStation, LockedCell, StoredClaim } from './claims/locked-cell.js';
export { CheckIns, type CheckInOutcome, type CheckOutOutcome } from './check-ins.js';
export { HoldSlot } from './hold-slot/hold-slot.js';
export { HOLD_REFUSALS, SlotHeld, type HoldSlotOutcome } from './hold-slot/hold-slot.types.js';
export { BookingChanges, type Changes } from './live-changes/booking-changes.js';
export type {
  BookingEventRow,
  ChangedStretch,
  EventsRead,
} from './live-changes/booking-events.repository.js';
export { StationChange } from './live-changes/station-change.types.js';
export { StationHours, dayCeiling, dayFloor, type CalendarText } from './open-calendar.js';
export { checkedRange } from './range.js';
export { RoundClaims } from './round-claims/round-claims.js';
export type { Viewer } from './show-calendar/calendar-entry.js';
export { MOST_CALENDAR_DAYS } from './show-calendar/show-calendar.resolver.js';
export { DisplacedWork, type Displaced } from './take-out-of-service/displaced-work.js';
export { InductionNeeded } from './terms/terms.types.js';
export { runsWorkshop } from './viewer.js';
