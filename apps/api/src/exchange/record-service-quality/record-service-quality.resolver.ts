import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { RecordServiceQuality } from './record-service-quality.js';
import {
  RecordServiceQualityInput,
  RecordServiceQualityResult,
  type RecordServiceQualityOutcome,
} from './record-service-quality.types.js';

@Resolver()
export class RecordServiceQualityResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(RecordServiceQuality) private readonly recordServiceQuality: RecordServiceQuality,
  ) {}

  @Access({ roles: ['operator', 'admin'], brand: 'exchange:write' })
  @Mutation(() => RecordServiceQualityResult, { name: 'recordServiceQuality' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: RecordServiceQualityInput,
  ): Promise<RecordServiceQualityOutcome> {
    return this.recordServiceQuality.run(await this.parties.of(actor, input.coopId), input);
  }
}
