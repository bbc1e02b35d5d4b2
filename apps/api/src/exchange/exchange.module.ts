import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BookingModule } from '../booking/index.js';
import { MembershipModule } from '../membership/index.js';
import { NoticesModule } from '../notices/index.js';
import { PayoutsModule } from '../payouts/index.js';
import { WorkshopsModule } from '../workshops/index.js';
import { AcceptQuote } from './accept-quote/accept-quote.js';
import { AcceptQuoteResolver } from './accept-quote/accept-quote.resolver.js';
import { AdvanceServiceOrder } from './advance-service-order/advance-service-order.js';
import { AdvanceServiceOrderResolver } from './advance-service-order/advance-service-order.resolver.js';
import { BrowseOffersResolver } from './browse-offers/browse-offers.resolver.js';
import { CancelServiceOrder } from './cancel-service-order/cancel-service-order.js';
import { CancelServiceOrderResolver } from './cancel-service-order/cancel-service-order.resolver.js';
import { Capacity } from './capacity/capacity.js';
import { OFFER_ENTITIES } from './offer.entities.js';
import { OffersRepository } from './offers.repository.js';
import { OrderUnderLocks } from './order-under-locks.js';
import { ORDER_ENTITIES } from './order.entities.js';
import { Parties } from './party.js';
import { Promises } from './promises.js';
import { ProviderBrandsRepository } from './provider-brands.repository.js';
import { PublishOffer } from './publish-offer/publish-offer.js';
import { PublishOfferResolver } from './publish-offer/publish-offer.resolver.js';
import { QuotesRepository } from './quotes.repository.js';
import { ReclaimWindow } from './reclaim-window/reclaim-window.js';
import { ReclaimWindowResolver } from './reclaim-window/reclaim-window.resolver.js';
import { ReclaimedWorkResolver } from './reclaim-window/reclaimed-work.resolver.js';
import { ReplaceOrder } from './reclaim-window/replace-order.js';
import { RecordServiceQuality } from './record-service-quality/record-service-quality.js';
import { RecordServiceQualityResolver } from './record-service-quality/record-service-quality.resolver.js';
import { ReplaceDisplaced } from './replace-displaced/replace-displaced.js';
import { PriceTime } from './request-quote/price-time.js';
import { RequestQuote } from './request-quote/request-quote.js';
import { RequestQuoteResolver } from './request-quote/request-quote.resolver.js';
import { ReviseOffer } from './revise-offer/revise-offer.js';
import { ReviseOfferResolver } from './revise-offer/revise-offer.resolver.js';
import { SendServiceMessage } from './send-service-message/send-service-message.js';
import { SendServiceMessageResolver } from './send-service-message/send-service-message.resolver.js';
import { ServiceMessagesRepository } from './service-messages.repository.js';
import { ServiceOrdersRepository } from './service-orders.repository.js';
import { SetProviderBrand } from './set-provider-brand/set-provider-brand.js';
import { SetProviderBrandResolver } from './set-provider-brand/set-provider-brand.resolver.js';
import { OrderBookingResolver } from './show-orders/order-booking.resolver.js';
import { OrderFieldsResolver, QuoteFieldsResolver } from './show-orders/order-fields.resolver.js';
import { ShowOrdersResolver } from './show-orders/show-orders.resolver.js';
import { ShowReclaimable } from './show-reclaimable/show-reclaimable.js';
import { ShowReclaimableResolver } from './show-reclaimable/show-reclaimable.resolver.js';
import { TellParties } from './tell-parties.js';
import { WithdrawOffer } from './withdraw-offer/withdraw-offer.js';
import { WithdrawOfferResolver } from './withdraw-offer/withdraw-offer.resolver.js';
import { TryOffer } from './write-offer.js';

const REPOSITORIES = [
  OffersRepository,
  ProviderBrandsRepository,
  QuotesRepository,
  ServiceMessagesRepository,
  ServiceOrdersRepository,
];

const USE_CASES = [
  AcceptQuote,
  AdvanceServiceOrder,
  CancelServiceOrder,
  PublishOffer,
  ReclaimWindow,
  RecordServiceQuality,
  ReplaceDisplaced,
  RequestQuote,
  ReviseOffer,
  SendServiceMessage,
  SetProviderBrand,
  ShowReclaimable,
  WithdrawOffer,
];

const RESOLVERS = [
  AcceptQuoteResolver,
  AdvanceServiceOrderResolver,
  BrowseOffersResolver,
  CancelServiceOrderResolver,
  OrderBookingResolver,
  OrderFieldsResolver,
  PublishOfferResolver,
  QuoteFieldsResolver,
  ReclaimWindowResolver,
  ReclaimedWorkResolver,
  RecordServiceQualityResolver,
  RequestQuoteResolver,
  ReviseOfferResolver,
  SendServiceMessageResolver,
  SetProviderBrandResolver,
  ShowOrdersResolver,
  ShowReclaimableResolver,
  WithdrawOfferResolver,
];

/** Fulfilment as a service: what providers sell of their capacity to peers. */
@Module({
  imports: [
    TypeOrmModule.forFeature([...OFFER_ENTITIES, ...ORDER_ENTITIES]),
    MembershipModule,
    WorkshopsModule,
    BookingModule,
    PayoutsModule,
    NoticesModule,
  ],
  providers: [
    ...REPOSITORIES,
    ...USE_CASES,
    ...RESOLVERS,
    Capacity,
    OrderUnderLocks,
    Parties,
    PriceTime,
    Promises,
    ReplaceOrder,
    TellParties,
    TryOffer,
  ],
})
export class ExchangeModule {}
