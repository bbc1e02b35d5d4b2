import { stopTestServices } from './services.ts';

export default async function stopServices(): Promise<void> {
  await stopTestServices();
}
