import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { SetChangeovers } from './set-changeovers.js';
import {
  SetChangeoversInput,
  SetChangeoversResult,
  type SetChangeoversOutcome,
} from './set-changeovers.types.js';

@Resolver()
export class SetChangeoversResolver {
  constructor(@Inject(SetChangeovers) private readonly setChangeovers: SetChangeovers) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetChangeoversResult, { name: 'setChangeovers' })
  run(@Args('input') input: SetChangeoversInput): Promise<SetChangeoversOutcome> {
    return this.setChangeovers.run(input);
  }
}
