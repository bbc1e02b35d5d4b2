import { type DynamicModule, Module } from '@nestjs/common';
import { hashFaster } from '@touchmark/certificates';
import { ChainOutboxModule } from '../chain/index.js';
import type { Config } from '../platform/config/config.js';
import { PlatformModule } from '../platform/platform.module.js';
import { AnchorBatchesRepository } from './anchor-batches.repository.js';
import { EvidenceRepository } from './publish-batch/evidence.repository.js';
import { PublishBatch } from './publish-batch/publish-batch.js';

/** The whole of the publisher's process: it signs batches and can do nothing else. */
@Module({})
export class PublisherModule {
  constructor() {
    // It derives every leaf of a batch again.
    hashFaster();
  }

  static with(config: Config): DynamicModule {
    return {
      module: PublisherModule,
      imports: [PlatformModule.with(config, 'publisher'), ChainOutboxModule],
      providers: [PublishBatch, AnchorBatchesRepository, EvidenceRepository],
    };
  }
}
