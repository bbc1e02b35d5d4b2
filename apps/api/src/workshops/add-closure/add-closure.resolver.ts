import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { AddClosure } from './add-closure.js';
import { AddClosureInput, AddClosureResult, type AddClosureOutcome } from './add-closure.types.js';

@Resolver()
export class AddClosureResolver {
  constructor(@Inject(AddClosure) private readonly addClosure: AddClosure) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => AddClosureResult, { name: 'addClosure' })
  run(@Args('input') input: AddClosureInput): Promise<AddClosureOutcome> {
    return this.addClosure.run(input);
  }
}
