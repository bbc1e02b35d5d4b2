import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { RemoveClosure } from './remove-closure.js';
import {
  RemoveClosureInput,
  RemoveClosureResult,
  type RemoveClosureOutcome,
} from './remove-closure.types.js';

@Resolver()
export class RemoveClosureResolver {
  constructor(@Inject(RemoveClosure) private readonly removeClosure: RemoveClosure) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => RemoveClosureResult, { name: 'removeClosure' })
  run(@Args('input') input: RemoveClosureInput): Promise<RemoveClosureOutcome> {
    return this.removeClosure.run(input);
  }
}
