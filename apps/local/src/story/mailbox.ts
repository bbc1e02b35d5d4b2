import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { poll } from '../poll.ts';

/** The first match of `pattern` in a mail to `address` that is not in `seen`; waits for the mail to be written. */
export async function inMail(
  mailDir: string,
  address: string,
  pattern: RegExp,
  seen: ReadonlySet<string>,
): Promise<string> {
  return poll(`a mail to ${address}`, 60_000, () => {
    for (const file of mailFiles(mailDir)) {
      if (seen.has(file)) continue;
      const text = readFileSync(join(mailDir, file), 'utf8');
      const found = text.includes(address) ? pattern.exec(text)?.[1] : undefined;
      if (found !== undefined) return found;
    }
    return null;
  });
}

/** The mails that are there now, newest first. */
export function mailFiles(mailDir: string): string[] {
  try {
    // A mail is whole once it has its name; until then it is a .part.
    return readdirSync(mailDir)
      .filter((file) => file.endsWith('.json'))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}
