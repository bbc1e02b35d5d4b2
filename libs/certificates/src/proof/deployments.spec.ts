import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Deployment, OFFICIAL_DEPLOYMENTS } from './deployments.js';

const folder = new URL('../../../../contracts/deployments/', import.meta.url);

describe('the official deployments', () => {
  it('that ship with the verifier are those that the contracts were deployed at', () => {
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    const deployed = files
      .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Deployment)
      .map(({ chainId, contract, codeHash }) => ({ chainId, contract, codeHash }));
    expect(OFFICIAL_DEPLOYMENTS).toEqual(deployed);
  });
});
