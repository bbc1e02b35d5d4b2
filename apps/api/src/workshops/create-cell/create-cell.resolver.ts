import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CreateCell } from './create-cell.js';
import { CreateCellInput, CreateCellResult, type CreateCellOutcome } from './create-cell.types.js';

@Resolver()
export class CreateCellResolver {
  constructor(@Inject(CreateCell) private readonly createCell: CreateCell) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => CreateCellResult, { name: 'createCell' })
  run(@Args('input') input: CreateCellInput): Promise<CreateCellOutcome> {
    return this.createCell.run(input);
  }
}
