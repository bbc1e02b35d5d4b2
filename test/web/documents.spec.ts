import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type DocumentNode,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';

const root = new URL('../../', import.meta.url);
const folder = new URL('apps/web/src/lib/server/documents/', root);
const schema = buildSchema(readFileSync(new URL('apps/api/schema.graphql', root), 'utf8'));
// A fragment that several documents use stands in a module of its own.
const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
const faults = (document: DocumentNode): string[] =>
  validate(schema, document, rules).map(({ message }) => message);

describe('the documents of the pages', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  it.each(files)('in %s ask only for what the API has', async (name) => {
    const module = (await import(fileURLToPath(new URL(name, folder)))) as Record<string, DocumentNode>;
    const documents = Object.entries(module);
    expect(documents.length).toBeGreaterThan(0);
    expect(
      documents.flatMap(([document, node]) => faults(node).map((fault) => `${document}: ${fault}`)),
    ).toEqual([]);
  });

  it('would be refused for a field that is not there', () => {
    expect(faults(parse('{ me { shoeSize } }'))).toHaveLength(1);
  });
});
