// Keeps the two pages that work on the device itself: they open without a network and without our service.
// Everything else goes to the network as if this were not there.
import { version } from '$app/env';
import { self } from '$app/service-worker';

const SHELL = `touchmark-shell-${version}`;
const PAGES = ['/offline', '/claim'];
const PATIENCE_MS = 4000;
const ASSET = /_app\/immutable\/[\w./-]+/g;

/** The page as nobody in particular sees it, and all that it loads. */
async function keep(cache: Cache, page: string): Promise<void> {
  const answer = await fetch(page, { credentials: 'omit', cache: 'reload' });
  if (!answer.ok) throw new Error(`${page} answered ${String(answer.status)}`);
  const html = await answer.clone().text();
  const assets = new Set((html.match(ASSET) ?? []).map((path) => `/${path}`));
  await Promise.all([cache.put(page, answer), cache.addAll(['/mark.svg', ...assets])]);
}

async function install(): Promise<void> {
  const cache = await caches.open(SHELL);
  await Promise.all(PAGES.map((page) => keep(cache, page)));
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('touchmark-shell-') && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The network's page when it comes soon, else the one that is kept. */
async function page(request: Request, path: string): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return answer;
  } catch {
    // No network, or none that answers.
  }
  return (await caches.match(path)) ?? Response.error();
}

/** What never changes is fetched once. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

self.addEventListener('install', (event) => {
  event.waitUntil(install());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(activate());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.includes(pathname)) event.respondWith(page(request, pathname));
  } else if (pathname.startsWith('/_app/immutable/') || pathname === '/mark.svg')
    event.respondWith(asset(request));
});
