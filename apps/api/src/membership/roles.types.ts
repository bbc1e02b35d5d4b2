import { registerEnumType } from '@nestjs/graphql';

/** The roles as GraphQL names them. */
export const RoleEnum = {
  MEMBER: 'member',
  OPERATOR: 'operator',
  TREASURER: 'treasurer',
  ADMIN: 'admin',
} as const;
registerEnumType(RoleEnum, { name: 'Role', description: "A person's place in one co-op." });

/** The scopes of API keys as GraphQL names them. */
export const ScopeEnum = {
  CAPACITY_READ: 'capacity:read',
  CATALOG_READ: 'catalog:read',
  ORDERS_WRITE: 'orders:write',
  EXCHANGE_READ: 'exchange:read',
  EXCHANGE_WRITE: 'exchange:write',
} as const;
registerEnumType(ScopeEnum, { name: 'Scope', description: 'What an API key of a brand may do.' });

export const AccountKindEnum = { PERSON: 'person', BRAND: 'brand' } as const;
registerEnumType(AccountKindEnum, { name: 'AccountKind' });
