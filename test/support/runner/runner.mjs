// Runs a test file with Jest's own runner (jest-circus), but loads it, the product and what both import as Node itself
// loads them: once per worker of Jest, not once per file in a sandbox of its own. Most of a short file's time was that.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import circusRunner from 'jest-circus/runner';
import { loadSources, giveSourceMaps } from './sources.mjs';
import { offerGlobals } from './globals.mjs';

const require = createRequire(import.meta.url);
let filesRun = 0;

export default async function run(globalConfig, config, environment, runtime, testPath, report) {
  await loadSources(config);
  filesRun += 1;
  const fresh = `?run=${String(filesRun)}`;
  const native = {
    // The state of a run lives in these modules and in their list of listeners: each test file begins with new ones.
    requireInternalModule: (file) => {
      Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
      Reflect.deleteProperty(require.cache, require.resolve(file));
      return require(file);
    },
    setGlobalsForRuntime: offerGlobals,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (file) => import(`${pathToFileURL(file).href}${file === testPath ? fresh : ''}`),
  };
  // Whatever else the runner asks is answered by Jest.
  const asked = new Proxy(runtime, {
    get: (target, name) => {
      if (Object.hasOwn(native, name)) return native[name];
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  giveSourceMaps(runtime.getSourceMaps());
  return circusRunner.default(globalConfig, config, environment, asked, testPath, report);
}
