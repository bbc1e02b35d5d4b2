import { type Browser, chromium as playwright } from 'playwright-core';

const flags = [
  // Chromium's sandbox refuses to run as root and needs kernel features that containers lack.
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  // Nothing may leave the machine while the tests run.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--metrics-recording-only',
  '--force-color-profile=srgb',
];

/** Starts a real Chromium from npm; close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  // Read when the package is loaded: its own copies of libnss3 and others are unpacked for systems that lack them.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return playwright.launch({ executablePath: await chromium.executablePath(), args: flags, headless: true });
}
