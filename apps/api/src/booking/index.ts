export { BookOperations } from './book-operations/book-operations.js';
export type {
  BookOperationsInput,
  BookOperationsOutcome,
  OperationToBook,
} from './book-operations/book-operations.types.js';
export { CHECKS } from './booking.checks.js';
export { BookingModule } from './booking.module.js';
export { BookingState, BookingType } from './booking.types.js';
export { Bookings } from './bookings.js';
export { CheckIns, type CheckInOutcome, type CheckOutOutcome } from './check-ins.js';
