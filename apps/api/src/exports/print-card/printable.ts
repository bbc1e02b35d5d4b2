// What the standard fonts of PDF can show beyond Latin-1 (Windows code page 1252), and the characters that PDF would take for another.
const BEYOND = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/**
 * A text in the characters of the fonts that every PDF reader has: others are shown by their letter without marks ("ł" has none),
 * or by a question mark. The certificate itself has every character; the card only names the piece.
 */
export function printable(text: string): string {
  return [...text.normalize('NFC')].map(shown).join('');
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || BEYOND.has(character))
    return character;
  const letter = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (letter !== '' && letter !== character) return printable(letter);
  return /\s/u.test(character) ? ' ' : '?';
}
