import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { EditionCheckpoint } from './edition-checkpoint.js';

/** The checkpoint of an edition, for everybody: it holds nothing but what stands on chain. */
@Resolver()
export class EditionCheckpointResolver {
  constructor(@Inject(EditionCheckpoint) private readonly checkpoints: EditionCheckpoint) {}

  @Access({ anyone: true })
  @Query(() => String, {
    name: 'editionCheckpoint',
    nullable: true,
    description:
      'The canonical JSON text touchmark.checkpoint/1 of an edition at the newest final block, to check its codes offline.',
  })
  checkpoint(
    @Args('gtin', { type: () => String }) gtin: string,
    @Context() { req }: GraphqlContext,
  ): Promise<string | null> {
    return this.checkpoints.textOf(gtin, req.ip ?? '');
  }
}
