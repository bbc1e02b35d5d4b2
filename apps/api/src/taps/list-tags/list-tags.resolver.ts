import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type Connection, PageArgs, isUuid, pageById } from '../../platform/graphql/index.js';
import { NfcTagConnection, NfcTagType } from '../register-tag/register-tag.types.js';
import { TagsRepository } from '../tags.repository.js';

@Resolver()
export class ListTagsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TagsRepository) private readonly tags: TagsRepository,
  ) {}

  @Access({ roles: ['operator', 'admin'] })
  @Query(() => NfcTagConnection, {
    name: 'nfcTags',
    description: 'The tags in the pieces of an edition, also those out of use, the newest first.',
  })
  list(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('editionId', { type: () => ID }) editionId: string,
    @Args() args: PageArgs,
  ): Promise<Connection<NfcTagType>> {
    return pageById(args, async ({ limit, after }) =>
      isUuid(editionId)
        ? this.tags.page(this.database, coopId, editionId, after?.[0] ?? null, limit + 1)
        : [],
    );
  }
}
