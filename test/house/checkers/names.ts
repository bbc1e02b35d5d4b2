import path from 'node:path';
import { isProduct, type Checker } from '../tree.js';

// Each of these says that a file collected a noun instead of doing one thing (HOUSE section 3).
const atTheEnd = ['service', 'manager', 'helper', 'helpers', 'util', 'utils', 'dto', 'dtos'];
const anywhere = ['common', 'base', 'misc'];

const words = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/**
 * The word that makes a name a bad one; a *service order* is a word of the product, and so is a station *out of service*
 * and *returned to service*; an `OrderService` is not.
 */
const badWord = (name: string): string | undefined => {
  const all = words(name);
  if (/ (out of|to) service$/.test(all.join(' '))) return undefined;
  const first = all[0] ?? '';
  const last = all.at(-1) ?? '';
  if (atTheEnd.includes(last)) return last;
  return [first, last].find((word) => anywhere.includes(word));
};

const declared =
  /\b(?:class|interface|enum|contract|library)\s+([A-Za-z_$][\w$]*)|\btype\s+([A-Za-z_$][\w$]*)\s*(?:<[^=]*>)?\s*=/g;

/** Names of folders, files, classes and types in apps, libs and contracts. */
export const badNames: Checker = (files) =>
  files
    .filter((file) => isProduct(file.path))
    .flatMap((file) => {
      const segments = file.path.split('/').slice(1);
      const stem = path.basename(file.path).replace(/([.](spec|e2e-spec|t|entity))?[.]\w+$/, '');
      const names = [
        ...segments.slice(0, -1),
        stem,
        ...[...file.text.matchAll(declared)].map((m) => m[1] ?? m[2] ?? ''),
      ];
      return names.flatMap((name) => {
        const word = badWord(name);
        return word === undefined ? [] : [`${file.path}: "${name}" is named "${word}"; name what it does`];
      });
    });
