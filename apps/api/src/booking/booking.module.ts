import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembershipModule } from '../membership/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { WorkshopsModule } from '../workshops/index.js';
import { BookOperations } from './book-operations/book-operations.js';
import { OperationBookingsRepository } from './book-operations/operation-bookings.repository.js';
import { BookingEvent } from './booking-event.entity.js';
import { BookingPolicy } from './booking-policy.entity.js';
import { Booking } from './booking.entity.js';
import { BookingResolver } from './booking.resolver.js';
import { Bookings } from './bookings.js';
import { BookingsRepository } from './bookings.repository.js';
import { CancelBooking } from './cancel-booking/cancel-booking.js';
import { CancelBookingResolver } from './cancel-booking/cancel-booking.resolver.js';
import { ChangeClaim } from './change-claim.js';
import { CheckIns } from './check-ins.js';
import { ConfirmBooking } from './confirm-booking/confirm-booking.js';
import { ConfirmBookingResolver } from './confirm-booking/confirm-booking.resolver.js';
import { FreeSlots } from './free-slots/free-slots.js';
import { FreeSlotsResolver } from './free-slots/free-slots.resolver.js';
import { HoldSlot } from './hold-slot/hold-slot.js';
import { HoldSlotResolver } from './hold-slot/hold-slot.resolver.js';
import { SlotsRepository } from './hold-slot/slots.repository.js';
import { LapseHolds } from './lapse-holds/lapse-holds.js';
import { OccupancyRepository } from './occupancy.repository.js';
import { ReleaseHold } from './release-hold/release-hold.js';
import { ReleaseHoldResolver } from './release-hold/release-hold.resolver.js';
import { BookingSeriesRow } from './series/booking-series.entity.js';
import { ShowCalendar } from './show-calendar/show-calendar.js';
import { ShowCalendarResolver } from './show-calendar/show-calendar.resolver.js';
import { WaitingEntryRow } from './waiting-list/waiting-entry.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Booking, BookingEvent, BookingPolicy, BookingSeriesRow, WaitingEntryRow]),
    MembershipModule,
    WorkshopsModule,
    PayoutsModule,
  ],
  providers: [
    BookingsRepository,
    SlotsRepository,
    OccupancyRepository,
    OperationBookingsRepository,
    ChangeClaim,
    Bookings,
    BookingResolver,
    HoldSlot,
    HoldSlotResolver,
    ConfirmBooking,
    ConfirmBookingResolver,
    ReleaseHold,
    ReleaseHoldResolver,
    CancelBooking,
    CancelBookingResolver,
    LapseHolds,
    FreeSlots,
    FreeSlotsResolver,
    ShowCalendar,
    ShowCalendarResolver,
    BookOperations,
    CheckIns,
  ],
  exports: [Bookings, BookOperations, CheckIns],
})
export class BookingModule {}
