// One @, no spaces or control characters, a dot in the domain; whether it exists only a mail can tell.
const EMAIL = /^[^\s\p{Cc}@<>"(),:;\\[\]]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/u;
const LONGEST = 254;

/** The e-mail address in the one form in which it is stored (lower case), or null when it is none. */
export function emailOf(text: string): string | null {
  const email = text.trim().toLowerCase();
  return email.length <= LONGEST && EMAIL.test(email) ? email : null;
}

/** What to answer to an address that is none. */
export const EMAIL_FAULT = 'This is not an e-mail address. Expected one such as name@example.org.';
