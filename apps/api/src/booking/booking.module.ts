import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AllowancesModule } from '../allowances/index.js';
import { MembershipModule } from '../membership/index.js';
import { NoticesModule } from '../notices/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { WorkshopsModule } from '../workshops/index.js';
import { BookOperations } from './book-operations/book-operations.js';
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
import { CellClaims } from './claims/cell-claims.js';
import { ClaimsRepository } from './claims/claims.repository.js';
import { FollowHours } from './claims/follow-hours.js';
import { FreedWindows } from './claims/freed-windows.js';
import { ConfirmBooking } from './confirm-booking/confirm-booking.js';
import { ConfirmBookingResolver } from './confirm-booking/confirm-booking.resolver.js';
import { FreeSlots } from './free-slots/free-slots.js';
import { FreeSlotsResolver } from './free-slots/free-slots.resolver.js';
import { HoldSlot } from './hold-slot/hold-slot.js';
import { HoldSlotResolver } from './hold-slot/hold-slot.resolver.js';
import { DeadHoldsRepository } from './lapse-holds/dead-holds.repository.js';
import { LapseHolds } from './lapse-holds/lapse-holds.js';
import { BookingChanges } from './live-changes/booking-changes.js';
import { BookingEventsRepository } from './live-changes/booking-events.repository.js';
import { OccupancyRepository } from './occupancy.repository.js';
import { PoliciesRepository } from './policy/policies.repository.js';
import { ReleaseHold } from './release-hold/release-hold.js';
import { ReleaseHoldResolver } from './release-hold/release-hold.resolver.js';
import { ReturnToService } from './return-to-service/return-to-service.js';
import { ReturnToServiceResolver } from './return-to-service/return-to-service.resolver.js';
import { BookingSeriesRow } from './series/booking-series.entity.js';
import { SERIES } from './series/series.providers.js';
import { AdoptionsRepository } from './set-changeovers/adoptions.repository.js';
import { MisfitResolver } from './set-changeovers/misfit.resolver.js';
import { SetChangeovers } from './set-changeovers/set-changeovers.js';
import { SetChangeoversResolver } from './set-changeovers/set-changeovers.resolver.js';
import { ShowCalendar } from './show-calendar/show-calendar.js';
import { ShowCalendarResolver } from './show-calendar/show-calendar.resolver.js';
import { DisplacedWork } from './take-out-of-service/displaced-work.js';
import { Evacuate } from './take-out-of-service/evacuate.js';
import { EvacuationsRepository } from './take-out-of-service/evacuations.repository.js';
import { TakeOutOfService } from './take-out-of-service/take-out-of-service.js';
import { TakeOutOfServiceResolver } from './take-out-of-service/take-out-of-service.resolver.js';
import { RoundClaims } from './round-claims/round-claims.js';
import { CellForMember } from './terms/cell-for-member.js';
import { TermsOfMany } from './terms/terms-of-many.js';
import { WaitingEntryRow } from './waiting-list/waiting-entry.entity.js';
import { WAITING_LIST } from './waiting-list/waiting-list.providers.js';
import { USE_CASES } from './use-cases.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Booking, BookingEvent, BookingPolicy, BookingSeriesRow, WaitingEntryRow]),
    MembershipModule,
    WorkshopsModule,
    PayoutsModule,
    NoticesModule,
    AllowancesModule,
  ],
  providers: [
    BookingsRepository,
    CellForMember,
    TermsOfMany,
    PoliciesRepository,
    OccupancyRepository,
    BookingEventsRepository,
    BookingChanges,
    ClaimsRepository,
    CellClaims,
    FollowHours,
    ...WAITING_LIST,
    ...SERIES,
    ChangeClaim,
    Bookings,
    BookingResolver,
    ...USE_CASES,
    HoldSlot,
    HoldSlotResolver,
    ConfirmBooking,
    ConfirmBookingResolver,
    ReleaseHold,
    ReleaseHoldResolver,
    CancelBooking,
    CancelBookingResolver,
    DeadHoldsRepository,
    LapseHolds,
    FreeSlots,
    FreeSlotsResolver,
    ShowCalendar,
    ShowCalendarResolver,
    BookOperations,
    CheckIns,
    SetChangeovers,
    AdoptionsRepository,
    SetChangeoversResolver,
    MisfitResolver,
    TakeOutOfService,
    TakeOutOfServiceResolver,
    ReturnToService,
    ReturnToServiceResolver,
    RoundClaims,
    DisplacedWork,
    Evacuate,
    EvacuationsRepository,
  ],
  exports: [
    BookOperations,
    BookingChanges,
    Bookings,
    CellClaims,
    CheckIns,
    DisplacedWork,
    FreedWindows,
    HoldSlot,
    RoundClaims,
  ],
})
export class BookingModule {}
