import type { RequestEvent } from '@sveltejs/kit';
import type { ResultOf } from '../graphql.ts';
import type { Api } from './api.ts';
import { editionsOfWork, type verify } from './documents/certificates.ts';

type Verdict = ResultOf<typeof verify>['verify'];
type Work = NonNullable<ResultOf<typeof editionsOfWork>['certificate']>['edition']['work'];

/** The editions of the work that a piece is of. */
export interface EditionsHere {
  /** The id of the edition of the piece. */
  readonly here: string;
  readonly all: Work['editions'];
}

/** The editions of the work that a checked piece is of; null when it was not certified here. */
export async function editionsOf(
  api: Api,
  { piece, certificateId }: Pick<Verdict, 'piece' | 'certificateId'>,
): Promise<EditionsHere | null> {
  if (piece === null || certificateId === null) return null;
  const { certificate } = await api.ask(editionsOfWork, { coopId: piece.coopId, certificateId });
  if (certificate === null) return null;
  const { id, work } = certificate.edition;
  return { here: id, all: work.editions };
}

/**
 * Gives the page of a number the status that machines get for it: a link to a piece that was never made is dead, which a link checker
 * or a search engine must see, and a number that nobody looked up is not.
 */
export function tellStatus(event: Pick<RequestEvent, 'locals' | 'setHeaders'>, verdict: Verdict): void {
  tellTooMany(event, verdict);
  // A certificate that was changed by another hand is not of this piece either, and is there.
  if (verdict.piece === null && verdict.word === 'UNDETERMINED') event.locals.status ??= 404;
}

/** Says so when nothing was checked since too much was asked. */
export function tellTooMany(
  { locals, setHeaders }: Pick<RequestEvent, 'locals' | 'setHeaders'>,
  { retryAfterSeconds }: Pick<Verdict, 'retryAfterSeconds'>,
): void {
  if (retryAfterSeconds === null) return;
  locals.status = 429;
  setHeaders({ 'retry-after': String(retryAfterSeconds) });
}
