import { type CheckpointRead, parseCheckpoint } from '@touchmark/certificates';

const SHELF = 'touchmark-kept';
const addressOf = (gtin: string): string => `/offline/edition?gtin=${gtin}`;

/** An edition as the co-op's service hands it out. */
interface EditionText {
  readonly gtin: string;
  readonly title: string | null;
  readonly coopName: string | null;
  readonly checkpoint: string;
}

/** An edition that this device keeps, its proof walked here. */
export interface KeptEdition extends EditionText {
  readonly read: CheckpointRead;
}

function readEdition(text: EditionText): KeptEdition | null {
  const read = parseCheckpoint(text.checkpoint);
  return read.kind === 'CheckpointRead' ? { ...text, read } : null;
}

/** Fetches an edition, walks its proof and keeps it; words when it cannot be kept. */
export async function keepEdition(gtin: string): Promise<KeptEdition | string> {
  const address = addressOf(gtin);
  const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
  if (answer === null) return 'There is no network just now. Editions are kept while there is one.';
  const copy = answer.clone();
  const given = (await answer.json().catch(() => ({}))) as Partial<EditionText> & {
    problem?: string;
    message?: string;
  };
  const { checkpoint, problem, message } = given;
  if (!answer.ok || checkpoint === undefined)
    return problem ?? message ?? 'The service did not answer as it should. Try again.';
  const kept = readEdition({ gtin, title: null, coopName: null, ...given, checkpoint });
  if (kept === null) return 'The proof of this edition does not hold, so it was not kept. Tell the co-op.';
  await (await caches.open(SHELF)).put(addressOf(kept.gtin), copy);
  return kept;
}

/** The editions that this device keeps; their proofs are walked again, since storage is not proof. */
export async function keptEditions(): Promise<KeptEdition[]> {
  const shelf = await caches.open(SHELF);
  const all = await Promise.all((await shelf.keys()).map((request) => shelf.match(request)));
  const texts = await Promise.all(all.map((answer) => answer?.json() as Promise<EditionText | undefined>));
  return texts.flatMap((text) => (text === undefined ? [] : (readEdition(text) ?? [])));
}

/** Forgets an edition. */
export async function forgetEdition(gtin: string): Promise<void> {
  await (await caches.open(SHELF)).delete(addressOf(gtin));
}
