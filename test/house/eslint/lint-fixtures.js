// Lints every fixture as if it stood where its first line says, and prints { fixture: { breaks, found } } as JSON.
// A process of its own: the linter loads its rules and the compiler outside the sandbox of the test runner.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'test/house/fixtures/lint');
const typed = new ESLint({ cwd: root });
// A file that does not stand in the tree has no types to ask for.
const untyped = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });

const findings = {};
for (const name of readdirSync(folder)) {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const [as, breaks] = ['as', 'breaks'].map((key) => new RegExp(`^// ${key}: (.+)$`, 'm').exec(text)?.[1]);
  if (as === undefined || breaks === undefined) throw new Error(`${name} must say "// as:" and "// breaks:"`);
  const filePath = path.join(root, as);
  const linter = existsSync(filePath) ? typed : untyped;
  const [result] = await linter.lintText(text, { filePath, warnIgnored: true });
  const found = result.messages.map(({ ruleId, message }) => ruleId ?? message);
  findings[name] = { as, breaks, found: [...new Set(found)] };
}
console.log(JSON.stringify(findings));
