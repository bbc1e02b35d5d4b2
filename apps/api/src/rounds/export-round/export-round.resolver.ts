import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { ExportRound } from './export-round.js';

@Resolver()
export class ExportRoundResolver {
  constructor(@Inject(ExportRound) private readonly exportRound: ExportRound) {}

  @Access({ anyone: true })
  @Query(() => String, {
    name: 'roundExport',
    nullable: true,
    description:
      'A round as canonical JSON by pseudonym, which `npm run round` checks; the same as /rounds/<coopId>/<id>.json.',
  })
  run(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<string | null> {
    return this.exportRound.run(coopId, id);
  }
}
