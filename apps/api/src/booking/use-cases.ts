import { CancelFeeResolver } from './cancel-fee/cancel-fee.resolver.js';
import { CancelFees } from './cancel-fee/cancel-fees.js';
import { CancelForMember } from './cancel-for-member/cancel-for-member.js';
import { CancelForMemberResolver } from './cancel-for-member/cancel-for-member.resolver.js';
import { ExplainPrice } from './explain-price/explain-price.js';
import { ExplainPriceResolver } from './explain-price/explain-price.resolver.js';
import { ExtendHold } from './extend-hold/extend-hold.js';
import { ExtendHoldResolver } from './extend-hold/extend-hold.resolver.js';
import { HistoryRepository } from './history/history.repository.js';
import { HistoryResolver } from './history/history.resolver.js';
import { HoldNextFree } from './hold-next-free/hold-next-free.js';
import { HoldNextFreeResolver } from './hold-next-free/hold-next-free.resolver.js';
import { TakeHold } from './hold-slot/take-hold.js';
import { MarkNoShow } from './mark-no-show/mark-no-show.js';
import { MarkNoShowResolver } from './mark-no-show/mark-no-show.resolver.js';
import { NextFree } from './next-free/next-free.js';
import { NextFreeResolver } from './next-free/next-free.resolver.js';
import { RescheduleBooking } from './reschedule-booking/reschedule-booking.js';
import { RescheduleBookingResolver } from './reschedule-booking/reschedule-booking.resolver.js';
import { SetBookingPolicy } from './set-booking-policy/set-booking-policy.js';
import { BookingPolicyResolver } from './set-booking-policy/set-booking-policy.resolver.js';

/** What a member or an operator can do to a claim besides holding, confirming, releasing and cancelling it. */
export const USE_CASES = [
  TakeHold,
  ExtendHold,
  ExtendHoldResolver,
  RescheduleBooking,
  RescheduleBookingResolver,
  CancelFees,
  CancelFeeResolver,
  CancelForMember,
  CancelForMemberResolver,
  MarkNoShow,
  MarkNoShowResolver,
  HoldNextFree,
  HoldNextFreeResolver,
  NextFree,
  NextFreeResolver,
  ExplainPrice,
  ExplainPriceResolver,
  HistoryRepository,
  HistoryResolver,
  SetBookingPolicy,
  BookingPolicyResolver,
];
