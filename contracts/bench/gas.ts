// npm run bench:gas            ours and the peers, compiled in this run; ends with one JSON line
// npm run bench:gas -- --short ours only, from the committed code, in a few seconds
import { collectorReceiptsBytecode } from '../abi/collector-receipts.bytecode.ts';
import { missed } from './budgets.ts';
import { compileAll } from './compile.ts';
import { measureOurs } from './ours.ts';
import { measurePeers } from './peers.ts';

const short = process.argv.includes('--short');
const { anchor128By, ...ours } = await measureOurs();
console.log(
  `anchor of 128: ${String(anchor128By.publisher)} sent by the publisher, ${String(anchor128By.signature)} by its signature`,
);
const problems = missed(ours);
if (short) {
  console.log(JSON.stringify(ours));
} else {
  const artifacts = compileAll();
  if (artifacts.CollectorReceipts.bytecode !== collectorReceiptsBytecode) {
    problems.push('contracts/abi is not what the sources compile to; run "npm run generate"');
  }
  console.log(JSON.stringify({ ...ours, peers: await measurePeers(artifacts) }));
}
for (const problem of problems) console.error(problem);
// The chains of the measurement would keep the process alive.
process.exit(problems.length === 0 ? 0 : 1);
