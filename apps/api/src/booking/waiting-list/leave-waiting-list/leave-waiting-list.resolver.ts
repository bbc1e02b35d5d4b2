import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, CurrentActor, ROLES, accountOf, type Actor } from '../../../platform/auth/index.js';
import { LeaveWaitingList } from './leave-waiting-list.js';
import {
  LeaveWaitingListInput,
  LeaveWaitingListResult,
  type LeaveWaitingListOutcome,
} from './leave-waiting-list.types.js';

@Resolver()
export class LeaveWaitingListResolver {
  constructor(@Inject(LeaveWaitingList) private readonly leaveWaitingList: LeaveWaitingList) {}

  @Access({ roles: ROLES })
  @Mutation(() => LeaveWaitingListResult, { name: 'leaveWaitingList' })
  run(
    @CurrentActor() actor: Actor,
    @Args('input') input: LeaveWaitingListInput,
  ): Promise<LeaveWaitingListOutcome> {
    return this.leaveWaitingList.run(accountOf(actor), input);
  }
}
