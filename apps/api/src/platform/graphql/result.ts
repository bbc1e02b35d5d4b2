import { createUnionType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';

/** The union of what a mutation can answer; each value names its type in `kind`. */
export function resultUnion(name: string, types: () => readonly Type[]): object {
  return createUnionType({
    name,
    types,
    resolveType: (value: { readonly kind: string }) => value.kind,
  }) as object;
}
