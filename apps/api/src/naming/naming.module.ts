import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/index.js';
import { ConfirmName, DID_FETCH } from './confirm-name/confirm-name.js';
import { DidKeys } from './did-keys.js';
import { DidController } from './show-did/did.controller.js';
import { ShowDid } from './show-did/show-did.js';

/** The names of issuers: what this installation says in its did.json, and what other domains say in theirs. */
@Module({
  imports: [ChainModule],
  controllers: [DidController],
  providers: [ConfirmName, DidKeys, ShowDid, { provide: DID_FETCH, useFactory: () => ({}) }],
  exports: [ConfirmName, DidKeys],
})
export class NamingModule {}
