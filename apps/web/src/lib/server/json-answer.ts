import { error } from '@sveltejs/kit';

/** Answers what is only for whoever asks now: nothing of it may be kept by caches on the way. */
export function fresh(value: unknown): Response {
  return Response.json(value, { headers: { 'cache-control': 'no-store' } });
}

/** Says that nobody looked, since too much was asked. */
export function tooMany(problem: string, retryAfterSeconds: number): Response {
  const headers = { 'cache-control': 'no-store', 'retry-after': String(retryAfterSeconds) };
  return Response.json({ problem }, { status: 429, headers });
}

/** A parameter of an address that must be there. */
export function needed(url: URL, name: string): string {
  return url.searchParams.get(name) ?? error(400, `The address lacks ${name}.`);
}
