import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, type Actor } from '../../platform/auth/index.js';
import { Parties } from '../party.js';
import { SendServiceMessage } from './send-service-message.js';
import {
  SendServiceMessageInput,
  SendServiceMessageResult,
  type SendServiceMessageOutcome,
} from './send-service-message.types.js';

@Resolver()
export class SendServiceMessageResolver {
  constructor(
    @Inject(Parties) private readonly parties: Parties,
    @Inject(SendServiceMessage) private readonly sendServiceMessage: SendServiceMessage,
  ) {}

  @Access({ roles: ['operator', 'treasurer', 'admin'], brand: 'exchange:write' })
  @Mutation(() => SendServiceMessageResult, { name: 'sendServiceMessage' })
  async run(
    @CurrentActor() actor: Actor,
    @Args('input') input: SendServiceMessageInput,
  ): Promise<SendServiceMessageOutcome> {
    return this.sendServiceMessage.run(await this.parties.of(actor, input.coopId), input);
  }
}
