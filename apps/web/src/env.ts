import { defineEnvVars } from '@sveltejs/kit/env';

export const variables = defineEnvVars({
  API_URL: {
    description: 'Where the GraphQL API listens; the API sets it when it serves the pages itself.',
    schema: (value) => value ?? 'http://127.0.0.1:3000',
  },
  REGION_HEADER: {
    description: 'The header in which the proxy in front tells the country of whoever asks; empty for none.',
    schema: (value) => value ?? '',
  },
});
