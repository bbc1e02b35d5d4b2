import type { Checker, SourceFile } from '../tree.js';

type Json = Record<string, unknown>;

const exact = /^\d+[.]\d+[.]\d+(-[\w.]+)?$/;
const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];

const json = (file: SourceFile): Json => JSON.parse(file.text) as Json;
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const named = (files: readonly SourceFile[], name: string): Json => {
  const file = files.find((candidate) => candidate.path === name);
  return file === undefined ? {} : json(file);
};

/** Dependencies of any package.json whose version is a range, a tag or an address. */
export const looseVersions: Checker = (files) =>
  files
    .filter((file) => /(^|\/)package[.]json$/.test(file.path))
    .flatMap((file) =>
      groups.flatMap((group) =>
        Object.entries(record(json(file)[group]))
          .filter(([, version]) => typeof version !== 'string' || !exact.test(version))
          .map(
            ([name, version]) =>
              `${file.path}: ${group} ${name} is "${String(version)}", expected one exact version`,
          ),
      ),
    );

/** Packages with install scripts that nobody decided on, and decisions about packages that are gone. */
export const undecidedScripts: Checker = (files) => {
  const decided = Object.keys(record(named(files, 'package.json')['allowScripts']));
  const packages = Object.entries(record(named(files, 'package-lock.json')['packages']));
  const scripted = packages
    .filter(([, entry]) => record(entry)['hasInstallScript'] === true)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  return [
    ...scripted
      .filter((name) => !decided.includes(name))
      .map((name) => `package.json: allowScripts does not decide on ${name}`),
    ...decided
      .filter((name) => !scripted.includes(name))
      .map((name) => `package.json: allowScripts names ${name}, which has no script`),
  ];
};

/** Lock entries that pin the address of a registry. */
export const lockedAddresses: Checker = (files) =>
  Object.entries(record(named(files, 'package-lock.json')['packages']))
    .filter(([, entry]) => {
      const { resolved } = record(entry) as { resolved?: unknown };
      return typeof resolved === 'string' && /^(https?|git)/.test(resolved);
    })
    .map(
      ([place]) =>
        `package-lock.json: ${place} is locked to an address; install with omit-lockfile-registry-resolved`,
    );
