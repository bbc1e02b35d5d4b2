import {
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { forbidden, unauthenticated } from '../graphql/errors.js';
import type { GraphqlContext } from '../graphql/context.js';
import type { Actor, KnownActor, Person, Role, Scope } from './actor.js';

/**
 * Who may call an operation. `roles`: any of them in the co-op named by `coopId` or `input.coopId`. `person`: anybody
 * signed in, by password or code, or by 'password' only. `brand`: an API key with the scope, or with any of several. `anyone`: no sign-in needed.
 */
export interface AccessRule {
  readonly anyone?: true;
  readonly person?: true | 'password';
  readonly roles?: readonly Role[];
  readonly brand?: Scope | readonly Scope[];
}

export const ACCESS = Symbol('access');

/** Declares who may call a query or mutation; an operation without it is refused to everyone and fails a house test. */
export const Access = (rule: AccessRule) => SetMetadata(ACCESS, rule);

/** Thrown when an operation lacks its declaration, or a role rule has no co-op to be checked against: a bug. */
export class AccessRuleError extends Error {
  override readonly name = 'AccessRuleError';
}

function coopIdOf(args: {
  readonly coopId?: unknown;
  readonly input?: { readonly coopId?: unknown };
}): string {
  const coopId = args.coopId ?? args.input?.coopId;
  if (typeof coopId !== 'string')
    throw new AccessRuleError('a role rule needs coopId or input.coopId among the arguments');
  return coopId;
}

function holdsRole(actor: Person, roles: readonly Role[], coopId: string): boolean {
  if (actor.method !== 'password') return false;
  const held = actor.roles.get(coopId);
  return held !== undefined && roles.some((role) => held.has(role));
}

/** True when `rule` lets `actor` call an operation with `args`. */
export function mayCall(rule: AccessRule, actor: Actor, args: Parameters<typeof coopIdOf>[0]): boolean {
  if (rule.anyone === true) return true;
  if (actor.kind === 'Person') {
    if (rule.person === true || (rule.person === 'password' && actor.method === 'password')) return true;
    if (rule.roles === undefined) return false;
    // Where brands call too, they name no co-op; a person who leaves it out acts for nobody.
    const named = args.coopId ?? args.input?.coopId ?? null;
    if (named === null && rule.brand !== undefined) return false;
    return holdsRole(actor, rule.roles, coopIdOf(args));
  }
  return actor.kind === 'Brand' && [rule.brand ?? []].flat().some((scope) => actor.scopes.has(scope));
}

/** Refuses every query and mutation that its declared rule does not give to the caller. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<GqlContextType>() !== 'graphql') return true;
    const graphql = GqlExecutionContext.create(execution);
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, execution.getHandler());
    if (rule === undefined)
      throw new AccessRuleError(`${execution.getHandler().name} declares no access rule`);
    const { actor } = graphql.getContext<GraphqlContext>();
    if (mayCall(rule, actor, graphql.getArgs())) return true;
    if (actor.kind === 'Anonymous')
      throw unauthenticated('This needs a sign-in. Send "Authorization: Bearer <token>".');
    throw forbidden(
      'Your role here does not allow this. Ask an admin of the co-op, or sign in as somebody who may.',
    );
  }
}

/** The actor of the request, as a resolver parameter. */
export const CurrentActor = createParamDecorator(
  (_: unknown, execution: ExecutionContext): Actor =>
    GqlExecutionContext.create(execution).getContext<GraphqlContext>().actor,
);

/** The account id of a caller that an access rule has let in. */
export function accountOf(actor: Actor): string {
  if (actor.kind === 'Anonymous') throw unauthenticated('This needs a sign-in.');
  return (actor satisfies KnownActor).accountId;
}
