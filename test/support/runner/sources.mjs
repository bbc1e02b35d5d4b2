// Node's own loader, told where our sources are: TypeScript is transformed as jest.config.js says, by Jest's cache.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createScriptTransformer } from '@jest/transform';

const root = new URL('../../../', import.meta.url).href;
const globals = new URL('./globals.mjs', import.meta.url).href;
const asModule = {
  instrument: false,
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
};

/** Every source map so far, and where the run that goes on looks them up. */
const maps = new Map();
let asked = maps;
let transformer;

function isOurs(url) {
  return url.startsWith(root) && !url.slice(root.length).includes('node_modules/');
}

function place(specifier, parent) {
  if (specifier === '@jest/globals') return `${globals}?for=${encodeURIComponent(parent)}`;
  const lib = /^@touchmark\/([a-z-]+)$/.exec(specifier)?.[1];
  if (lib)
    return new URL(lib === 'contracts' ? 'contracts/abi/index.ts' : `libs/${lib}/src/index.ts`, root).href;
  if (specifier === 'touchmark-verify') return new URL('apps/verify/src/index.ts', root).href;
  if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return undefined;
  const source = new URL(specifier.replace(/js$/, 'ts'), parent);
  return existsSync(source) ? source.href : undefined;
}

function transformed(url) {
  const file = fileURLToPath(url.split('?')[0]);
  const { code, sourceMapPath } = transformer.transform(file, asModule, readFileSync(file, 'utf8'));
  for (const key of sourceMapPath ? [file, url] : []) {
    maps.set(key, sourceMapPath);
    asked.set(key, sourceMapPath);
  }
  return { format: 'module', shortCircuit: true, source: code };
}

/** Gives a run the source maps of everything loaded, now and later. */
export function giveSourceMaps(wanted) {
  asked = wanted;
  for (const [key, file] of maps) asked.set(key, file);
}

/** From now on Node imports our TypeScript; call it before the first import of a test file. */
export async function loadSources(config) {
  if (transformer) return;
  transformer = await createScriptTransformer(config);
  registerHooks({
    resolve: (specifier, context, next) => {
      const parent = context.parentURL ?? pathToFileURL(config.rootDir).href;
      const url = isOurs(parent) ? place(specifier, parent) : undefined;
      return url ? { url, shortCircuit: true } : next(specifier, context);
    },
    load: (url, context, next) => {
      if (isOurs(url) && /\.ts(\?.*)?$/.test(url)) return transformed(url);
      const loaded = next(url, context);
      // Node's name for CommonJS that an import loads just as `require` does. Under a load hook Node 24.9 takes
      // another way, which fails on circles; later versions take this one by themselves.
      return loaded.format === 'commonjs' && context.conditions.includes('import')
        ? { ...loaded, format: 'commonjs-sync' }
        : loaded;
    },
  });
}
