import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChainCallEntity } from './chain-call.entity.js';
import { ChainOutboxModule } from './chain-outbox.module.js';
import { ChainSenderEntity } from './chain-sender.entity.js';
import { ChainTransactionEntity } from './chain-transaction.entity.js';
import { CommitEdition } from './commit-edition/commit-edition.js';
import { IssuerEntity } from './issuer.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([IssuerEntity, ChainCallEntity, ChainTransactionEntity, ChainSenderEntity]),
    ChainOutboxModule,
  ],
  providers: [CommitEdition],
  exports: [ChainOutboxModule, CommitEdition],
})
export class ChainModule {}
