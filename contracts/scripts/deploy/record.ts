import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Hex } from 'viem';

/** An official deployment: what a verifier trusts on one chain. */
export type Deployment = {
  chainId: number;
  contract: Hex;
  splitters: Hex;
  codeHash: Hex;
  maskedCodeHash: Hex;
  block: number;
};

/** The deployment recorded for a chain, or null. */
export async function recordedDeployment(folder: string, chainId: number): Promise<Deployment | null> {
  try {
    // Written by this script and committed.
    return JSON.parse(await readFile(fileOf(folder, chainId), 'utf8')) as Deployment;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes the record of a chain; throws when there is one, whatever it holds. */
export async function recordDeployment(folder: string, deployment: Deployment): Promise<string> {
  const file = fileOf(folder, deployment.chainId);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(deployment, null, 2)}\n`, { flag: 'wx' });
  return file;
}

const fileOf = (folder: string, chainId: number): string => path.join(folder, `${String(chainId)}.json`);
