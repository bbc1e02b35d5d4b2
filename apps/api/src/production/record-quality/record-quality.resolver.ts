import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, accountOf, type Actor } from '../../platform/auth/index.js';
import { RecordQuality } from './record-quality.js';
import {
  RecordQualityInput,
  RecordQualityResult,
  type RecordQualityOutcome,
} from './record-quality.types.js';

@Resolver()
export class RecordQualityResolver {
  constructor(@Inject(RecordQuality) private readonly recordQuality: RecordQuality) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => RecordQualityResult, {
    name: 'recordQuality',
    description: 'Passes a unit, which gives it its serial, or fails it with a remedy. Once for each unit.',
  })
  run(
    @CurrentActor() actor: Actor,
    @Args('input', { type: () => RecordQualityInput }) input: RecordQualityInput,
  ): Promise<RecordQualityOutcome> {
    return this.recordQuality.run(accountOf(actor), input);
  }
}
