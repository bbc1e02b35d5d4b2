/** What the co-op's service knows of a piece that is to be claimed. */
export interface KnownPiece {
  readonly word: string;
  readonly certificateId: string;
  readonly title: string;
  readonly size: number;
  readonly coopName: string;
  readonly claimed: boolean;
  readonly bundle: string | null;
}

/** What stands in the way of a claim; `deadline` is what is to be signed. */
export interface Prepared {
  readonly obstacle: string | null;
  readonly deadline: string;
}

export interface Progress {
  readonly state: 'RELAYED' | 'CLAIMED' | 'GIVEN_UP';
  readonly problem: string | null;
  readonly transactionHash: string | null;
}

/** An answer in plain words that is no success. */
export interface Problem {
  readonly problem: string;
}

/** Thrown when the co-op's service cannot be reached: the claim can then be sent by one's own wallet. */
export class ServiceAway extends Error {
  override name = 'ServiceAway';
}

export const isProblem = (answer: object): answer is Problem => 'problem' in answer && !('state' in answer);

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, headers: { ...init.headers, accept: 'application/json' } });
  } catch {
    throw new ServiceAway('The co-op’s service cannot be reached.');
  }
  if (answer.status >= 500) throw new ServiceAway('The co-op’s service does not answer as it should.');
  const value: unknown = await answer.json().catch(() => null);
  if (answer.ok) return value as T;
  const said = typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : '';
  return { problem: said || 'The co-op’s service did not take this.' } as T;
}

const search = (values: Record<string, string>): string => new URLSearchParams(values).toString();

export const askPiece = (gtin: string, serial: number): Promise<KnownPiece | Problem> =>
  json(`/claim/piece?${search({ gtin, serial: String(serial) })}`);

export const askPreparation = (certificate: string, recipient: string): Promise<Prepared | Problem | null> =>
  json(`/claim/preparation?${search({ certificate, recipient })}`);

/** A claim that is signed: the signature tells nothing of the key. */
export interface SignedClaim {
  readonly certificateId: string;
  readonly recipient: string;
  readonly deadline: string;
  readonly signature: string;
  readonly requestId: string;
}

export const relayClaim = (claim: SignedClaim): Promise<{ readonly id: string } | Problem> =>
  // As a form, because the server lets the pages read forms and reads JSON itself.
  json('/claim/relay', { method: 'POST', body: new URLSearchParams({ ...claim }) });

export const askProgress = (id: string): Promise<Progress | null> =>
  json(`/claim/progress?${search({ id })}`);
