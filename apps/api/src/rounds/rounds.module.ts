import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BookingModule } from '../booking/index.js';
import { ChainModule } from '../chain/index.js';
import { NoticesModule } from '../notices/index.js';
import { BrowseRoundsResolver } from './browse-rounds/browse-rounds.resolver.js';
import { RoundFieldsResolver } from './browse-rounds/round-fields.resolver.js';
import { CallOffRound } from './call-off-round/call-off-round.js';
import { CallOffRoundResolver } from './call-off-round/call-off-round.resolver.js';
import { CloseRound } from './draw-rounds/close-round.js';
import { DrawRound } from './draw-rounds/draw-round.js';
import { DrawRounds } from './draw-rounds/draw-rounds.js';
import { TellEntrants } from './draw-rounds/tell-entrants.js';
import { EntriesRepository } from './entries.repository.js';
import { ExportRoundController } from './export-round/export-round.controller.js';
import { ExportRound } from './export-round/export-round.js';
import { ExportRoundResolver } from './export-round/export-round.resolver.js';
import { OpenRound } from './open-round/open-round.js';
import { OpenRoundResolver } from './open-round/open-round.resolver.js';
import { RequestSlots } from './request-slots/request-slots.js';
import { RequestSlotsResolver } from './request-slots/request-slots.resolver.js';
import { ROUND_ENTITIES } from './rounds.entities.js';
import { RoundsRepository } from './rounds.repository.js';
import { WithdrawRequest } from './withdraw-request/withdraw-request.js';
import { WithdrawRequestResolver } from './withdraw-request/withdraw-request.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature(ROUND_ENTITIES), BookingModule, ChainModule, NoticesModule],
  controllers: [ExportRoundController],
  providers: [
    BrowseRoundsResolver,
    CallOffRound,
    CallOffRoundResolver,
    CloseRound,
    DrawRound,
    DrawRounds,
    EntriesRepository,
    ExportRound,
    ExportRoundResolver,
    OpenRound,
    OpenRoundResolver,
    RequestSlots,
    RequestSlotsResolver,
    RoundFieldsResolver,
    RoundsRepository,
    TellEntrants,
    WithdrawRequest,
    WithdrawRequestResolver,
  ],
})
export class RoundsModule {}
