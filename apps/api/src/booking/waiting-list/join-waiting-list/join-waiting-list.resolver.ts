import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { JoinWaitingList } from './join-waiting-list.js';
import {
  JoinWaitingListInput,
  JoinWaitingListResult,
  type JoinWaitingListOutcome,
} from './join-waiting-list.types.js';

@Resolver()
export class JoinWaitingListResolver {
  constructor(@Inject(JoinWaitingList) private readonly joinWaitingList: JoinWaitingList) {}

  @Access({ roles: ROLES })
  @Mutation(() => JoinWaitingListResult, { name: 'joinWaitingList' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: JoinWaitingListInput,
  ): Promise<JoinWaitingListOutcome> {
    return this.joinWaitingList.run(accountOf(actor), input);
  }
}
