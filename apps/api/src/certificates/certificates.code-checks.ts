import {
  type CertificateDocument,
  documentProblem,
  documentRoot,
  historyProblem,
  isDisclosed,
  makerPath,
  makingOf,
} from '@touchmark/certificates';
import type { CheckQuery, CodeCheck } from '../platform/checks/check.js';

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

// Each certificate with its replacements, and whom its fields are about.
const DOCUMENTS = `SELECT d.id, d.certificate_id, d.coop_id, d.document, d.document_root,
    (SELECT json_agg(json_build_object('place', m.place, 'erased', m.erased_at IS NOT NULL))
       FROM certificate_maker m WHERE m.coop_id = d.coop_id AND m.certificate_id = d.certificate_id) AS makers
  FROM (SELECT id, id AS certificate_id, coop_id, document, document_root FROM certificate
        UNION ALL SELECT id, certificate_id, coop_id, document, document_root FROM certificate_replacement) AS d
  WHERE d.id > $1::uuid ORDER BY d.id LIMIT $2`;
const HIDDEN = `SELECT sha256 FROM unnest($2::text[]) AS named (sha256) WHERE NOT EXISTS (
  SELECT 1 FROM photo p WHERE p.coop_id = $1 AND p.sha256 = named.sha256 AND p.published_at IS NOT NULL)`;

interface StoredDocument {
  readonly id: string;
  readonly coop_id: string;
  readonly document: string;
  readonly document_root: string;
  readonly makers: readonly { readonly place: number; readonly erased: boolean }[] | null;
}

/** Runs `look` on every document, certificates and replacements alike, and answers what it finds with the id. */
async function eachDocument(
  query: CheckQuery,
  look: (stored: StoredDocument, document: CertificateDocument) => Promise<string | null> | string | null,
): Promise<object[]> {
  const found: object[] = [];
  for (let after = FIRST; ;) {
    const rows = (await query(DOCUMENTS, [after, BATCH])) as readonly StoredDocument[];
    for (const row of rows) {
      const problem = await look(row, JSON.parse(row.document) as CertificateDocument);
      if (problem !== null) found.push({ id: row.id, problem });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return found;
    after = last.id;
  }
}

function broken({ document_root: root }: StoredDocument, document: CertificateDocument): string | null {
  const problem = documentProblem(document) ?? historyProblem(document);
  if (problem !== null) return problem;
  return documentRoot(document) === root ? null : 'its fields lead to another root';
}

function wronglyShown({ makers }: StoredDocument, document: CertificateDocument): string | null {
  const shown = new Set(document.filter(isDisclosed).map(({ path }) => path));
  const erased = (makers ?? []).filter((maker) => maker.erased);
  const still = erased.find(({ place }) => shown.has(makerPath(place)));
  if (still !== undefined) return `it shows maker ${String(still.place)}, who was erased`;
  const making = makingOf(document);
  const shares = making.makers.map(({ share }) => share ?? 0).reduce((sum, share) => sum + share, 0);
  const partial = making.makersWithheld > 0 || making.makers.some(({ share }) => share === null);
  return partial || shares === 10_000 ? null : `its shares of credit sum to ${String(shares)}`;
}

const counted = `SELECT (SELECT count(*) FROM certificate) + (SELECT count(*) FROM certificate_replacement) AS count`;

/** What must hold of the documents and takes the lib to try. */
export const CODE_CHECKS: CodeCheck[] = [
  {
    name: 'every stored document leads to its root, and its events to the head that it states',
    counted,
    find: (query) => eachDocument(query, broken),
  },
  {
    name: 'no document shows a maker who was erased, and shares of credit sum to 10,000',
    counted,
    find: (query) => eachDocument(query, wronglyShown),
  },
  {
    name: 'every photo that a document names is kept and public',
    counted,
    find: (query) =>
      eachDocument(query, async ({ coop_id: coopId }, document) => {
        const named = makingOf(document).events.flatMap(({ photo }) => photo?.sha256 ?? []);
        const hidden = named.length === 0 ? [] : await query(HIDDEN, [coopId, named]);
        return hidden.length === 0 ? null : `it names photos that nobody can see: ${JSON.stringify(hidden)}`;
      }),
  },
];
