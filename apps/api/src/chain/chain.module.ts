import { Inject, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MembershipModule } from '../membership/index.js';
import { HealthChecks } from '../platform/http/index.js';
import { ChainCallEntity } from './chain-call.entity.js';
import { ChainOutboxModule } from './chain-outbox.module.js';
import { ChainSenderEntity } from './chain-sender.entity.js';
import { ChainTransactionEntity } from './chain-transaction.entity.js';
import { SendersRepository } from './calls/senders.repository.js';
import { OpenCallsRepository } from './calls/open-calls.repository.js';
import { CoSigner } from './co-sign/co-signer.js';
import { CommitEdition } from './commit-edition/commit-edition.js';
import { IssuerKeyEntity } from './issuer-key.entity.js';
import { IssuerEntity } from './issuer.entity.js';
import { AnchoredBatches } from './read-blocks/anchored-batches.js';
import { Blocks } from './read-blocks/blocks.js';
import { ClaimTimes } from './read-blocks/claim-times.js';
import { ChainReader } from './read-facts/chain-reader.js';
import { DeliverCall } from './send-call/deliver-call.js';
import { FindDone } from './send-call/find-done.js';
import { FindReceipt } from './send-call/find-receipt.js';
import { RecordInclusion } from './send-call/record-inclusion.js';
import { SendCall } from './send-call/send-call.js';
import { SettleRefusal } from './send-call/settle-refusal.js';
import { SignCall } from './send-call/sign-call.js';
import { SubmitCall } from './send-call/submit-call.js';
import { TopUp } from './send-call/top-up.js';
import { SetUpIssuer } from './set-up-issuer/set-up-issuer.js';
import { NodeViews } from './watch-calls/node-views.js';
import { TakeBack } from './watch-calls/take-back.js';
import { WatchCalls } from './watch-calls/watch-calls.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      IssuerEntity,
      IssuerKeyEntity,
      ChainCallEntity,
      ChainTransactionEntity,
      ChainSenderEntity,
    ]),
    ChainOutboxModule,
    MembershipModule,
  ],
  providers: [
    AnchoredBatches,
    Blocks,
    ClaimTimes,
    ChainReader,
    CommitEdition,
    CoSigner,
    DeliverCall,
    FindDone,
    FindReceipt,
    NodeViews,
    OpenCallsRepository,
    RecordInclusion,
    SendCall,
    SendersRepository,
    SetUpIssuer,
    SettleRefusal,
    SignCall,
    SubmitCall,
    TakeBack,
    TopUp,
    WatchCalls,
  ],
  exports: [AnchoredBatches, Blocks, ClaimTimes, ChainOutboxModule, ChainReader, CommitEdition, CoSigner],
})
export class ChainModule {
  constructor(@Inject(HealthChecks) checks: HealthChecks, @Inject(ChainReader) reader: ChainReader) {
    checks.add('chain', () => reader.health());
  }
}
