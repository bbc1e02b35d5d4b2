const LONGEST = 80;
// Joiners are part of how some names are written; all other invisible characters only deceive.
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** A name as it would be printed for good, or what is wrong with it. */
export type PrintedName =
  | { readonly kind: 'Printable'; readonly name: string }
  | { readonly kind: 'Refused'; readonly words: string };

/** Reads a name that somebody wants printed: 1 to 80 visible characters, not one that reads like a pseudonym of ours. */
export function readPrintedName(text: string): PrintedName {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  const length = [...name].length;
  if (length < 1 || length > LONGEST)
    return refused(`A printed name has 1 to ${String(LONGEST)} characters; this one has ${String(length)}.`);
  if (INVISIBLE.test(name))
    return refused('A printed name has only characters that can be seen. Type it anew.');
  if (/^maker\s*\d/i.test(name))
    return refused('A printed name cannot read like a pseudonym. Leave it out to be printed by yours.');
  return { kind: 'Printable', name };
}

function refused(words: string): PrintedName {
  return { kind: 'Refused', words };
}
