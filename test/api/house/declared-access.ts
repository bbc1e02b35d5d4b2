import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { ACCESS, type AccessRule } from '../../../apps/api/src/platform/auth/access.js';

// Where @nestjs/graphql keeps what a method is (Query, Mutation, Subscription) and what it is called.
const RESOLVER_TYPE = 'graphql:resolver_type';
const RESOLVER_NAME = 'graphql:resolver_name';
const OPERATIONS: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** An operation of the schema and who its code says may call it; `rule` is undefined when the code forgets to say. */
export interface DeclaredAccess {
  readonly operation: string;
  readonly rule: AccessRule | undefined;
}

function operationsOf(provider: NewableFunction): DeclaredAccess[] {
  const prototype = provider.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
    if (typeof method !== 'function') return [];
    const type = Reflect.getMetadata(RESOLVER_TYPE, method) as string | undefined;
    if (type === undefined || !OPERATIONS.has(type)) return [];
    const called = (Reflect.getMetadata(RESOLVER_NAME, method) as string | undefined) ?? name;
    return [
      { operation: `${type}.${called}`, rule: Reflect.getMetadata(ACCESS, method) as AccessRule | undefined },
    ];
  });
}

/** Every query, mutation and subscription of the features' resolvers, by name. */
export function declaredAccess(features: readonly NewableFunction[]): DeclaredAccess[] {
  const providers = features.flatMap((feature) => {
    const listed: unknown = Reflect.getMetadata(MODULE_METADATA.PROVIDERS, feature);
    return Array.isArray(listed) ? (listed as unknown[]) : [];
  });
  return providers
    .filter((provider): provider is NewableFunction => typeof provider === 'function')
    .flatMap(operationsOf)
    .sort((a, b) => a.operation.localeCompare(b.operation, 'en'));
}

/** A rule in the words of the table: `anyone`, `person`, `brand scope`, `role role`. */
export function ruleText(rule: AccessRule | undefined): string {
  if (rule === undefined) return 'undeclared';
  if (rule.anyone === true) return 'anyone';
  return [
    ...(rule.person === true ? ['person'] : rule.person === 'password' ? ['person by password'] : []),
    ...(rule.roles ?? []),
    ...[rule.brand ?? []].flat().map((scope) => `brand ${scope}`),
  ].join(', ');
}
