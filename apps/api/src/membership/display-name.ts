const LONGEST = 120;

/** Why `text` cannot be the name of a person, a brand or a key; null when it can. */
export function nameFault(text: string): string | null {
  const length = [...text.trim()].length;
  if (length >= 1 && length <= LONGEST && !/\p{Cc}/u.test(text)) return null;
  return `A name has 1 to ${String(LONGEST)} printable characters; this one has ${String(length)}.`;
}
