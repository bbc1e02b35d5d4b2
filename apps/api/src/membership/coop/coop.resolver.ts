import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { type Connection, PageArgs, connectionOf, pageRequest } from '../../platform/graphql/index.js';
import { CoopsRepository } from '../coops.repository.js';
import { CoopConnection, CoopType } from './coop.types.js';
import { Coops } from './coops.js';

@Resolver(() => CoopType)
export class CoopResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CoopsRepository) private readonly repository: CoopsRepository,
    @Inject(Coops) private readonly coops: Coops,
  ) {}

  @Access({ anyone: true })
  @Query(() => CoopType, { nullable: true })
  async coop(@Args('slug', { type: () => String }) slug: string): Promise<CoopType | null> {
    return this.coops.bySlug(slug);
  }

  @Access({ anyone: true })
  @Query(() => CoopConnection, { name: 'coops' })
  async page(@Args() args: PageArgs): Promise<Connection<CoopType>> {
    const request = pageRequest(args, 1);
    const rows = await this.repository.page(this.database, request);
    return connectionOf(
      rows,
      request,
      (coop) => [coop.slug],
      (coop) => coop,
    );
  }
}
