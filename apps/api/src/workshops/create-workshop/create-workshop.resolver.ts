import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth/index.js';
import { CreateWorkshop } from './create-workshop.js';
import {
  CreateWorkshopInput,
  CreateWorkshopResult,
  type CreateWorkshopOutcome,
} from './create-workshop.types.js';

@Resolver()
export class CreateWorkshopResolver {
  constructor(@Inject(CreateWorkshop) private readonly createWorkshop: CreateWorkshop) {}

  @Access({ roles: ['admin'] })
  @Mutation(() => CreateWorkshopResult, { name: 'createWorkshop' })
  run(@Args('input') input: CreateWorkshopInput): Promise<CreateWorkshopOutcome> {
    return this.createWorkshop.run(input);
  }
}
