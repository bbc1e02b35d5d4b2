import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access, type Actor, CurrentActor, accountOf } from '../../platform/auth/index.js';
import { RegisterTag } from './register-tag.js';
import { RegisterTagInput, type RegisterTagOutcome, RegisterTagResult } from './register-tag.types.js';

@Resolver()
export class RegisterTagResolver {
  constructor(@Inject(RegisterTag) private readonly registerTag: RegisterTag) {}

  @Access({ roles: ['operator', 'admin'] })
  @Mutation(() => RegisterTagResult, { name: 'registerTag' })
  run(@CurrentActor() actor: Actor, @Args('input') input: RegisterTagInput): Promise<RegisterTagOutcome> {
    return this.registerTag.run(accountOf(actor), input);
  }
}
