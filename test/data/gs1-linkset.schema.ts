/**
 * Written from the GS1-Conformant resolver standard 1.2.0 (section on linksets) and RFC 9264, section 4.2: the published schema
 * (https://ref.gs1.org/standards/resolver/1.2.0/linkset-schema) could not be fetched where this was written. It demands what the
 * standard demands of a linkset, and no more members than it names.
 */
export const LINKSET_SCHEMA = {
  type: 'object',
  required: ['linkset'],
  additionalProperties: false,
  properties: {
    linkset: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['anchor', 'https://ref.gs1.org/voc/defaultLink'],
        properties: {
          anchor: { type: 'string', pattern: '^https?://[a-zA-Z0-9./]+' },
          description: { type: 'string' },
        },
        patternProperties: {
          '^https://ref[.]gs1[.]org/voc/[a-zA-Z]+$': {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['href', 'title'],
              additionalProperties: false,
              properties: {
                href: { type: 'string', format: 'uri' },
                title: { type: 'string', minLength: 1 },
                type: { type: 'string', pattern: '^[a-z]+/[a-z0-9.+-]+$' },
                hreflang: {
                  type: 'array',
                  items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$' },
                },
              },
            },
          },
        },
        additionalProperties: false,
      },
    },
  },
} as const;

/**
 * Written from the same standard's section on the resolver description file; its schema is published at
 * https://ref.gs1.org/standards/resolver/1.2.0/description-file-schema.
 */
export const RESOLVER_DESCRIPTION_SCHEMA = {
  type: 'object',
  required: ['resolverRoot', 'supportedPrimaryKeys'],
  properties: {
    name: { type: 'string' },
    resolverRoot: { type: 'string', format: 'uri' },
    supportedPrimaryKeys: {
      type: 'array',
      items: { enum: ['all', '01', '8006', '8010', '414', '417', '00'] },
    },
    supportedLinkType: {
      type: 'array',
      items: {
        type: 'object',
        required: ['namespace', 'prefix'],
        properties: {
          namespace: { type: 'string', format: 'uri' },
          prefix: { type: 'string', pattern: '^[a-zA-Z_][A-Za-z0-9_-]*:$' },
        },
      },
    },
    linkTypeDefaultCanBeLinkset: { type: 'boolean' },
    jsonLdContextLocation: { type: 'string', format: 'uri' },
  },
  additionalProperties: false,
} as const;
