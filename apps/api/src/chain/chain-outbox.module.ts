import { Module } from '@nestjs/common';
import { ChainCalls } from './calls/chain-calls.js';
import { ChainCallsRepository } from './calls/chain-calls.repository.js';
import { Issuers } from './issuers.js';
import { IssuerKeysRepository } from './issuer-keys.repository.js';
import { IssuersRepository } from './issuers.repository.js';
import { FileKeys } from './keys/file-keys.js';
import { KeyRing } from './keys/key-ring.js';
import { ChainNodes } from './nodes/chain-nodes.js';

/** What a process needs that enqueues calls and never sends them, such as the publisher. */
@Module({
  providers: [
    ChainCalls,
    ChainCallsRepository,
    ChainNodes,
    Issuers,
    IssuerKeysRepository,
    IssuersRepository,
    { provide: KeyRing, useClass: FileKeys },
  ],
  exports: [
    ChainCalls,
    ChainCallsRepository,
    ChainNodes,
    Issuers,
    IssuerKeysRepository,
    IssuersRepository,
    KeyRing,
  ],
})
export class ChainOutboxModule {}
