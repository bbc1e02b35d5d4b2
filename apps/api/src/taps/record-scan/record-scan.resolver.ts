import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { regionIn } from './place.js';
import { RecordScan } from './record-scan.js';
import { RecordScanInput, type RecordScanOutcome, RecordScanResult } from './record-scan.types.js';

@Resolver()
export class RecordScanResolver {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RecordScan) private readonly recordScan: RecordScan,
  ) {}

  @Access({ anyone: true })
  @Mutation(() => RecordScanResult, {
    name: 'recordScan',
    description:
      'Counts that a person opened the page of a piece: the hour, the country where the proxy tells it, and how many ' +
      'networks. Not to be sent for HEAD requests, previews and prefetches.',
  })
  run(@Args('input') input: RecordScanInput, @Context() { req }: GraphqlContext): Promise<RecordScanOutcome> {
    const { regionHeader } = this.config;
    return this.recordScan.run(
      input,
      req.ip ?? '',
      regionIn(regionHeader === null ? '' : req.headers[regionHeader]),
    );
  }
}
