import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Access, ROLES } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import { isUuid } from '../../platform/graphql/index.js';
import { ChangeoversRepository } from '../changeovers.repository.js';
import { ChangeoversType, changeoversOf } from './show-changeovers.types.js';

@Resolver()
export class ShowChangeoversResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChangeoversRepository) private readonly setups: ChangeoversRepository,
  ) {}

  @Access({ roles: ROLES })
  @Query(() => ChangeoversType, {
    nullable: true,
    description: 'The families of a cell, its written rows and the matrix in force.',
  })
  async changeovers(
    @Args('coopId', { type: () => ID }) coopId: string,
    @Args('cellId', { type: () => ID }) cellId: string,
  ): Promise<ChangeoversType | null> {
    if (!isUuid(coopId) || !isUuid(cellId)) return null;
    const [setup] = await this.setups.ofCells(this.database, [{ coopId, id: cellId }]);
    return setup === undefined ? null : changeoversOf(setup);
  }
}
