import { execFileSync } from 'node:child_process';
import { inRoot } from '../paths.ts';
import type { Api } from './api.ts';
import { DEMO_PASSWORD, address } from './people.ts';

export const COOP_SLUG = 'night-harbour';

export interface Coop {
  readonly id: string;
  readonly slug: string;
  readonly currency: string;
}

async function found(api: Api): Promise<Coop | null> {
  const response = await api.ask<Coop | null>(
    `query ($slug: String!) { coop(slug: $slug) { id slug currency } }`,
    {
      slug: COOP_SLUG,
    },
  );
  return response;
}

/** The demo co-op: made by the same command that makes the first co-op of a real installation. */
export async function foundCoop(
  api: Api,
  settings: Readonly<Record<string, string | undefined>>,
): Promise<Coop> {
  const known = await found(api);
  if (known !== null) return known;
  const args = {
    slug: COOP_SLUG,
    name: 'Night Harbour Editions',
    currency: 'EUR',
    domain: 'night-harbour.touchmark.test',
    'gtin-prefix': '4012345',
    'admin-email': address('admin'),
    'admin-name': 'Admin',
  };
  execFileSync(
    process.execPath,
    [
      inRoot('apps/api/dist/create-coop.js'),
      ...Object.entries(args).map(([name, value]) => `--${name}=${value}`),
    ],
    { env: { ...settings, COOP_ADMIN_PASSWORD: DEMO_PASSWORD }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const made = await found(api);
  if (made === null) throw new Error(`the co-op ${COOP_SLUG} was made but cannot be read`);
  return made;
}
