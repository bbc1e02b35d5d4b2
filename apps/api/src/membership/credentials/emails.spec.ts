import { describe, expect, it } from '@jest/globals';
import { emailOf } from './emails.js';

describe('an e-mail address', () => {
  it.each([
    [' Name@Example.ORG ', 'name@example.org'],
    ["o'neil+tag@sub.example.org", "o'neil+tag@sub.example.org"],
  ])('%j is stored as %s', (text, email) => {
    expect(emailOf(text)).toBe(email);
  });

  it.each([
    '',
    '@example.org',
    'a@b',
    'a@@example.org',
    'a b@example.org',
    'a@example.org\nb',
    'a,b@example.org',
    'a\u0000b@example.org',
    'a\u007fb@example.org',
    '<a@example.org>',
  ])('is not %j', (text) => {
    expect(emailOf(text)).toBeNull();
  });
});
