import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { SetQuotas } from './set-quotas.js';
import { SetQuotasInput, SetQuotasResult, type SetQuotasOutcome } from './set-quotas.types.js';

@Resolver()
export class SetQuotasResolver {
  constructor(@Inject(SetQuotas) private readonly setQuotas: SetQuotas) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => SetQuotasResult, { name: 'setQuotas' })
  run(@Args('input') input: SetQuotasInput): Promise<SetQuotasOutcome> {
    return this.setQuotas.run(input);
  }
}
