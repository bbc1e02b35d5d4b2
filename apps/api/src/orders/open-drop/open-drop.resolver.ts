import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { OpenDrop } from './open-drop.js';
import { OpenDropInput, OpenDropResult, type OpenDropOutcome } from './open-drop.types.js';

@Resolver()
export class OpenDropResolver {
  constructor(@Inject(OpenDrop) private readonly openDrop: OpenDrop) {}

  @Access({ roles: ['member', 'admin'] })
  @Mutation(() => OpenDropResult, { name: 'openDrop' })
  run(
    @Args('input', { type: () => OpenDropInput }) input: OpenDropInput,
    @CurrentActor() actor: Actor,
  ): Promise<OpenDropOutcome> {
    return this.openDrop.run(accountOf(actor), input);
  }
}
