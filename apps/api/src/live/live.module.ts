import { Module } from '@nestjs/common';
import { BookingModule } from '../booking/index.js';
import { NoticesModule } from '../notices/index.js';
import { CalendarChangedResolver } from './calendar-changed/calendar-changed.resolver.js';
import { CalendarRelay } from './calendar-changed/calendar-relay.js';
import { NoticesChangedResolver } from './notices-changed/notices-changed.resolver.js';
import { NoticesRelay } from './notices-changed/notices-relay.js';

/** What happens while somebody looks: GraphQL subscriptions. */
@Module({
  imports: [BookingModule, NoticesModule],
  providers: [CalendarRelay, CalendarChangedResolver, NoticesRelay, NoticesChangedResolver],
})
export class LiveModule {}
