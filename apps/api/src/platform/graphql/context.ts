import DataLoader from 'dataloader';
import type { Request, Response } from 'express';
import type { Actor } from '../auth/actor.js';

/** What one GraphQL request carries to its resolvers. */
export interface GraphqlContext {
  readonly req: Request;
  readonly res: Response;
  readonly requestId: string;
  readonly actor: Actor;
  readonly loaders: Map<string, DataLoader<string, unknown>>;
}

/**
 * The data loader called `name` of this request: collects the keys of one tick and asks `load` once for all.
 * `load` answers a map by key; a key it does not answer gives `missing`.
 */
export function loaderOf<Value>(
  context: GraphqlContext,
  name: string,
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  missing: Value,
): DataLoader<string, Value> {
  const known = context.loaders.get(name) as DataLoader<string, Value> | undefined;
  if (known !== undefined) return known;
  const made = new DataLoader<string, Value>(async (keys) => {
    const found = await load(keys);
    return keys.map((key) => found.get(key) ?? missing);
  });
  context.loaders.set(name, made);
  return made;
}
