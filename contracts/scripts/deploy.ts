// npm run deploy --workspace contracts -- --rpc URL --keystore FILE [--password-file FILE] [--out FOLDER]
// The password comes from the file or from TOUCHMARK_KEYSTORE_PASSWORD; neither it nor the key is ever printed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { deployContracts } from './deploy/deploy-contracts.ts';
import { openKeystore } from './deploy/keystore.ts';

const { values } = parseArgs({
  options: {
    rpc: { type: 'string' },
    keystore: { type: 'string' },
    'password-file': { type: 'string' },
    out: { type: 'string' },
  },
});

function privateKey() {
  if (values.keystore === undefined) throw new Error('Name the keystore: --keystore FILE.');
  const file = values['password-file'];
  const password =
    file === undefined
      ? process.env['TOUCHMARK_KEYSTORE_PASSWORD']
      : readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  if (password === undefined) {
    throw new Error('Give the password: --password-file FILE, or TOUCHMARK_KEYSTORE_PASSWORD.');
  }
  return openKeystore(readFileSync(values.keystore, 'utf8'), password);
}

try {
  if (values.rpc === undefined) throw new Error('Name the node: --rpc URL.');
  const folder = values.out ?? path.resolve(import.meta.dirname, '../deployments');
  const { deployment, file } = await deployContracts(values.rpc, privateKey, folder);
  console.log(JSON.stringify(deployment));
  console.log(
    file === null ? 'It was deployed before; its code is the committed one.' : `Written to ${file}.`,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
