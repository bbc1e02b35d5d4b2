import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import type { GraphqlContext } from '../../platform/graphql/index.js';
import { PresentTap } from './present-tap.js';
import { PresentTapInput, type PresentTapOutcome, PresentTapResult } from './present-tap.types.js';

@Resolver()
export class PresentTapResolver {
  constructor(@Inject(PresentTap) private readonly presentTap: PresentTap) {}

  @Access({ anyone: true })
  @Mutation(() => PresentTapResult, {
    name: 'presentTap',
    description:
      'Spends the code that a tag wrote into its link. To be sent when a person asks for it, never by opening a link.',
  })
  run(@Args('input') input: PresentTapInput, @Context() { req }: GraphqlContext): Promise<PresentTapOutcome> {
    return this.presentTap.run(input, req.ip ?? '');
  }
}
