// `npm run verify -- bundle.json [options]` builds the verifier when its sources changed, and runs it.
import { buildStale } from './build.ts';

try {
  await buildStale(undefined, (name) => name === 'libs/certificates' || name === 'apps/verify');
  const { main } = await import('touchmark-verify');
  await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 70;
}
