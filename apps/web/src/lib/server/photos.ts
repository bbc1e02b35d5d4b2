import { API_URL } from '$app/env/private';
import type { RequestEvent } from '@sveltejs/kit';

type Asked = Pick<RequestEvent, 'locals' | 'getClientAddress'>;

/** What the API said of a photo that was sent to it; null when it is kept. */
export interface PhotoProblem {
  readonly message: string;
  readonly field?: string;
}

function headersOf({ locals, getClientAddress }: Asked): Record<string, string> {
  return {
    'x-forwarded-for': getClientAddress(),
    ...(locals.session === null ? {} : { authorization: `Bearer ${locals.session.accessToken}` }),
  };
}

/** Sends a file as a photo of a run or, with a unitId, of one of its pieces. */
export async function sendPhoto(
  event: Asked,
  file: File,
  about: Readonly<Record<'coopId' | 'runId' | 'unitId' | 'caption', string>>,
): Promise<PhotoProblem | null> {
  const answer = await fetch(`${API_URL}/photos?${new URLSearchParams(about).toString()}`, {
    method: 'POST',
    headers: { ...headersOf(event), 'content-type': 'application/octet-stream' },
    body: await file.arrayBuffer(),
  });
  if (answer.ok) return null;
  return (await answer.json()) as PhotoProblem;
}

/** A photo as who is signed in may see it. */
export async function fetchPhoto(event: Asked, sha256: string): Promise<Response> {
  const answer = await fetch(`${API_URL}/photos/${encodeURIComponent(sha256)}`, {
    headers: headersOf(event),
  });
  const kept = ['content-type', 'x-content-type-options', 'content-security-policy', 'cache-control'];
  const headers = kept.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  return new Response(answer.body, { status: answer.status, headers });
}
