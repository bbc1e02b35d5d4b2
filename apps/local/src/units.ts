import { existsSync, readdirSync } from 'node:fs';
import { inRoot } from './paths.ts';
import { filesBelow, type Unit } from './stamps.ts';

const node = process.execPath;

/** A tool of the root or, where npm put it there, of the folder that uses it. */
function bin(path: string, folder = '.'): string {
  const ofFolder = inRoot(folder, 'node_modules', path);
  return existsSync(ofFolder) ? ofFolder : inRoot('node_modules', path);
}

function packageUnit(folder: string, sources: string): Unit {
  return {
    name: folder,
    inputs: [`${folder}/${sources}`, `${folder}/package.json`, `${folder}/tsconfig.build.json`],
    output: `${folder}/dist/index.js`,
    commands: [[node, bin('typescript/lib/tsc.js'), '-p', inRoot(folder, 'tsconfig.build.json')]],
  };
}

const api: Unit = {
  name: 'apps/api',
  inputs: ['apps/api/src', 'apps/api/.swcrc', 'nest-cli.json'],
  output: 'apps/api/dist/main.js',
  // From its own folder: the compiler strips one leading folder from the paths it writes, and no more.
  commands: [
    [
      node,
      bin('@nestjs/cli/bin/nest.js'),
      'build',
      '--config',
      '../../nest-cli.json',
      '--path',
      '../../tsconfig.json',
    ],
  ],
  cwd: 'apps/api',
};

/** Made when asked: where the tool is depends on what is installed by then. */
const web = (): Unit => ({
  name: 'apps/web',
  inputs: ['apps/web/src', 'apps/web', 'libs', 'apps/api/schema.graphql'],
  output: 'apps/web/build/handler.js',
  commands: [
    // Writes the settings that its own tsconfig refers to; a fresh checkout has none.
    [node, bin('@sveltejs/kit/svelte-kit.js', 'apps/web'), 'sync'],
    [node, bin('vite/bin/vite.js', 'apps/web'), 'build', '--logLevel', 'warn'],
  ],
  cwd: 'apps/web',
});

const folders = (place: string): string[] =>
  readdirSync(inRoot(place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/** What `npm start` runs, in groups: each group needs the ones before it. */
export function units(): Unit[][] {
  const packages = [
    ...folders('libs').map((name) => packageUnit(`libs/${name}`, 'src')),
    packageUnit('contracts', 'abi'),
  ];
  return [
    [...packages, packageUnit('apps/verify', 'src')],
    [api, web()],
  ].map((group) => group.filter(hasSource));
}

/** A folder of the layout that nobody has filled yet is nothing to build. */
const hasSource = ({ inputs: [source = ''] }: Unit): boolean => !filesBelow(inRoot(source)).next().done;
