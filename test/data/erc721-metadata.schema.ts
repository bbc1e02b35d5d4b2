/**
 * The "ERC721 Metadata JSON Schema" of EIP-721 (https://eips.ethereum.org/EIPS/eip-721, CC0): an object with these three texts. The
 * formats are added from the descriptions that it gives them.
 */
export const ERC721_METADATA_SCHEMA = {
  title: 'Asset Metadata',
  type: 'object',
  required: ['name', 'description', 'image'],
  properties: {
    name: { type: 'string', minLength: 1 },
    description: { type: 'string' },
    image: { type: 'string', format: 'uri' },
  },
} as const;
