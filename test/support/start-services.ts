// Jest runs this once before the first file of a project that needs services. It runs outside Jest's own module
// system, so what it imports is named with its real suffix.
import { startTestServices } from './services.ts';

export default async function startServices(): Promise<void> {
  await startTestServices();
}
