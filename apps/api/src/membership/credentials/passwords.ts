import { hash, verify } from '@node-rs/argon2';

const SHORTEST = 12;
const LONGEST = 200;
// The package hashes with argon2id unless told otherwise; OWASP's second setting: 19 MiB, two passes, one lane.
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
// Made with SETTINGS of a password that nobody has, so an unknown e-mail costs what a wrong password costs.
let decoy: Promise<string> | undefined;

function normalized(password: string): string {
  return password.normalize('NFKC');
}

/** Why `password` is not accepted as a new one; null when it is. */
export function passwordFault(password: string): string | null {
  const length = [...normalized(password)].length;
  if (length >= SHORTEST && length <= LONGEST) return null;
  return `The password has ${String(length)} characters; choose one of ${String(SHORTEST)} to ${String(LONGEST)}.`;
}

/** Hashes a password with argon2id; about 30 ms of a core and 19 MiB. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), SETTINGS);
}

/** True when `password` is the one that was hashed; takes as long when there is none. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash(crypto.randomUUID(), SETTINGS);
  if ([...password].length > LONGEST) return false;
  const matches = await verify(stored ?? (await decoy), normalized(password));
  return stored !== null && matches;
}
