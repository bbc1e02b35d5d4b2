import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inRoot } from '../paths.ts';
import type { Api } from './api.ts';
import { DEMO_PASSWORD, address } from './people.ts';

/** A co-op of the story, as the command that makes it is told. */
interface NewCoop {
  readonly slug: string;
  readonly name: string;
  readonly gtinPrefix: string;
  /** Who may do everything there, by role. */
  readonly admin: { readonly role: string; readonly name: string };
}

export const HOME: NewCoop = {
  ...{ slug: 'night-harbour', name: 'Night Harbour Editions', gtinPrefix: '4012345' },
  admin: { role: 'admin', name: 'Admin' },
};
/** A peer that buys what the machines of others have left. */
export const PEER: NewCoop = {
  ...{ slug: 'buyer-coop', name: 'Buyer Co-op', gtinPrefix: '4012346' },
  admin: { role: 'buyer', name: 'Buyer' },
};

export interface Coop {
  readonly id: string;
  readonly slug: string;
  readonly currency: string;
}

const found = (api: Api, slug: string): Promise<Coop | null> =>
  api.ask<Coop | null>(`query ($slug: String!) { coop(slug: $slug) { id slug currency } }`, { slug });

/** A demo co-op: made by the same command that makes the first co-op of a real installation. */
export async function foundCoop(
  api: Api,
  settings: Readonly<Record<string, string | undefined>>,
  { slug, name, gtinPrefix, admin }: NewCoop,
): Promise<Coop> {
  const known = await found(api, slug);
  if (known !== null) return known;
  const args = {
    ...{ slug, name, currency: 'EUR', domain: `${slug}.touchmark.test` },
    ...{ 'gtin-prefix': gtinPrefix, 'admin-email': address(admin.role), 'admin-name': admin.name },
  };
  await promisify(execFile)(
    process.execPath,
    [
      inRoot('apps/api/dist/create-coop.js'),
      ...Object.entries(args).map(([key, value]) => `--${key}=${value}`),
    ],
    { env: { ...settings, COOP_ADMIN_PASSWORD: DEMO_PASSWORD } },
  );
  const made = await found(api, slug);
  if (made === null) throw new Error(`the co-op ${slug} was made but cannot be read`);
  return made;
}
