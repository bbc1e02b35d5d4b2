/**
 * Written from the W3C Recommendation "Verifiable Credentials Data Model v2.0" (15 May 2025), sections 4.1 to 4.13 and 5.6: that
 * document publishes its rules as text and no schema of a whole credential. Times are XMLSchema dateTimeStamps (4.9), so they name a zone.
 */
const URL = { type: 'string', format: 'uri' } as const;
const STAMP = {
  type: 'string',
  format: 'date-time',
  pattern: '^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$',
} as const;
const TYPES = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 } as const;

export const CREDENTIAL_SCHEMA = {
  type: 'object',
  required: ['@context', 'type', 'issuer', 'credentialSubject'],
  properties: {
    '@context': {
      type: 'array',
      items: [{ const: 'https://www.w3.org/ns/credentials/v2' }],
      additionalItems: { anyOf: [URL, { type: 'object' }] },
    },
    id: URL,
    type: { ...TYPES, contains: { const: 'VerifiableCredential' } },
    name: { type: 'string' },
    issuer: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', pattern: '^did:web:' } },
    },
    validFrom: STAMP,
    validUntil: STAMP,
    credentialSubject: { type: 'object', minProperties: 1, properties: { id: URL } },
    evidence: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type'],
        properties: { id: URL, type: TYPES, digestSRI: { type: 'string' } },
      },
    },
    // Secured from outside (JOSE): nothing of an embedded proof stands in it, nor claims of the JWT.
    proof: false,
    vc: false,
    iss: false,
  },
} as const;
