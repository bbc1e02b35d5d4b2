import { documentRootOf, fieldLeafOf, seeded, valueHashOf } from './format.ts';

const FIELDS = [
  ['edition.size', 50],
  [
    'how.operations',
    [
      { minutes: 35, station: 'press 1' },
      { minutes: 20, station: 'press 2' },
    ],
  ],
  ['made.for', null],
  ['passed', true],
  ['who.coop', 'Riso & Sons "Zürich" €'],
] as const;

/** Documents of one to five salted fields: the field leaves and the document root. */
export function documentVectors() {
  return [1, 2, 3, 5].map((count) => {
    const fields = FIELDS.slice(0, count).map(([path, value]) => {
      const salt = seeded(`salt ${path}`);
      const valueHash = valueHashOf(salt, value);
      return { path, salt, value, valueHash, leaf: fieldLeafOf(path, valueHash) };
    });
    return { fields, documentRoot: documentRootOf(fields.map((field) => field.leaf)) };
  });
}
