/** Where the services of this test run are; the global setup writes these, the workers of Jest inherit them. */
export const variables = { postgres: 'TOUCHMARK_TEST_POSTGRES', chain: 'TOUCHMARK_TEST_CHAIN' } as const;

/** The migrated database that each test database is a copy of; nothing ever connects to it. */
export const templateDatabase = 'touchmark_template';

/** The address of a service of this run; throws when the test file is not in a project that starts services. */
export function serviceUrl(service: keyof typeof variables): string {
  const url = process.env[variables[service]];
  if (url) return url;
  throw new Error(
    `${variables[service]} is not set. Expected it from the global setup: run this file in the project "api" or "web".`,
  );
}
