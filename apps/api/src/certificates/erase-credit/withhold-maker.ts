import {
  type CertificateDocument,
  type JsonValue,
  canonicalJson,
  isDisclosed,
  makerPath,
  valueHash,
} from '@touchmark/certificates';

// Before makers had a field each, all stood in one list: who wants to be gone takes it along.
const LIST = 'who.makers';

/** A stored document without the maker at a place: salt and value are gone, root, digest and signature are what they were. */
export function withholdMaker(text: string, place: number): string {
  const document = JSON.parse(text) as CertificateDocument;
  const paths = [makerPath(place), LIST];
  const fields = document.map((field): JsonValue =>
    paths.includes(field.path) && isDisclosed(field)
      ? { path: field.path, valueHash: valueHash(field) }
      : { ...field },
  );
  return canonicalJson(fields);
}
