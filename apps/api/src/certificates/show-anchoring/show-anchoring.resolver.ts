import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type Connection, PageArgs, isUuid, pageById } from '../../platform/graphql/index.js';
import { AnchoringsRepository, type EditionAnchoring } from './anchorings.repository.js';
import { nextStepOf, wordsOfStep } from './next-step.js';
import { EditionAnchoringConnection, type EditionAnchoringType } from './show-anchoring.types.js';

@Resolver()
export class ShowAnchoringResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AnchoringsRepository) private readonly anchorings: AnchoringsRepository,
  ) {}

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => EditionAnchoringConnection, {
    name: 'editionAnchorings',
    description:
      'The editions of the co-op, or the one named, newest first, with how far each has come on chain.',
  })
  async list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID, nullable: true }) editionId: string | null | undefined,
    @Args() args: PageArgs,
  ): Promise<Connection<EditionAnchoringType>> {
    const one = editionId ?? null;
    return pageById(args, async ({ limit, after }) => {
      if (one !== null && !isUuid(one)) return [];
      const rows = await this.anchorings.page(this.database, coopId, one, after?.[0] ?? null, limit + 1);
      return rows.map(told);
    });
  }
}

const DAY_SECONDS = 86_400;

function objectionUntil(
  { objectionDays }: EditionAnchoring,
  { state, anchoredAt }: NonNullable<EditionAnchoring['newestBatch']>,
): Date | null {
  if (objectionDays === 0 || state !== 'anchored' || anchoredAt === null) return null;
  return new Date(anchoredAt.getTime() + objectionDays * DAY_SECONDS * 1000);
}

function told(edition: EditionAnchoring): EditionAnchoringType {
  const nextStep = nextStepOf(edition);
  return {
    ...edition,
    objectionSeconds: edition.objectionDays * DAY_SECONDS,
    newestBatch: edition.newestBatch && {
      ...edition.newestBatch,
      objectionUntil: objectionUntil(edition, edition.newestBatch),
    },
    nextStep,
    nextStepWords: wordsOfStep(nextStep, edition),
  };
}
