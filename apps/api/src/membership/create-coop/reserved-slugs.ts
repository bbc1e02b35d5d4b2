/**
 * First parts of addresses that are taken or may be. A co-op lives at `/{slug}`, where a page or an endpoint of the product would
 * hide its own; what is promised here cannot be taken back from a co-op later. A test compares this with all addresses.
 */
const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  // Pages.
  '01',
  'certificates',
  'claim',
  'exchange',
  'forgot-password',
  'invitation',
  'live-ticket',
  'notices',
  'offline',
  'orders',
  'reset-password',
  'sign-in',
  'sign-out',
  'verify',
  // Endpoints.
  'dev',
  'exports',
  'feeds',
  'graphql',
  'health',
  'metadata',
  'payments',
  'photos',
  'rounds',
  'session',
  // Nothing stands there yet. (Two to four digits are keys of GS1 Digital Link, as 01 is.)
  'account',
  'admin',
  'api',
  'app',
  'assets',
  'brands',
  'coops',
  'docs',
  'editions',
  'help',
  'legal',
  'me',
  'metrics',
  'new',
  'privacy',
  'search',
  'settings',
  'static',
  'status',
  'terms',
  'webhooks',
  'www',
]);

/** Whether a co-op must not be called so, because the address means something else. */
export const isReservedSlug = (slug: string): boolean =>
  RESERVED_SLUGS.has(slug) || /^[0-9]{2,4}$/.test(slug);
