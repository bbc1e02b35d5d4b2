import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { WorkshopsModule } from '../workshops/index.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import { CreateFeed } from './create-feed/create-feed.js';
import { CreateFeedResolver } from './create-feed/create-feed.resolver.js';
import { FeedBookingsRepository } from './feed-bookings.repository.js';
import { FeedsRepository } from './feeds.repository.js';
import { MyFeedsResolver } from './my-feeds/my-feeds.resolver.js';
import { RevokeFeed } from './revoke-feed/revoke-feed.js';
import { RevokeFeedResolver } from './revoke-feed/revoke-feed.resolver.js';
import { RotateFeed } from './rotate-feed/rotate-feed.js';
import { RotateFeedResolver } from './rotate-feed/rotate-feed.resolver.js';
import { FeedController } from './show-feed/feed.controller.js';
import { ShowFeed } from './show-feed/show-feed.js';

/** Bookings for calendars elsewhere, by secret addresses. */
@Module({
  imports: [TypeOrmModule.forFeature([CalendarFeedEntity]), WorkshopsModule],
  controllers: [FeedController],
  providers: [
    FeedsRepository,
    FeedBookingsRepository,
    CreateFeed,
    CreateFeedResolver,
    RotateFeed,
    RotateFeedResolver,
    RevokeFeed,
    RevokeFeedResolver,
    MyFeedsResolver,
    ShowFeed,
  ],
})
export class FeedsModule {}
