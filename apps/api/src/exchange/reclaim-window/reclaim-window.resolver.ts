import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../platform/auth/index.js';
import { ReclaimWindow } from './reclaim-window.js';
import {
  ReclaimWindowInput,
  ReclaimWindowResult,
  type ReclaimWindowOutcome,
} from './reclaim-window.types.js';

@Resolver()
export class ReclaimWindowResolver {
  constructor(@Inject(ReclaimWindow) private readonly reclaimWindow: ReclaimWindow) {}

  @Access({ roles: ROLES })
  @Mutation(() => ReclaimWindowResult, { name: 'reclaimWindow' })
  run(@CurrentActor() actor: Actor, @Args('input') input: ReclaimWindowInput): Promise<ReclaimWindowOutcome> {
    return this.reclaimWindow.run(accountOf(actor), input);
  }
}
