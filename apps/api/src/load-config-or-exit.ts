import { type Config, ConfigError, loadConfig } from './platform/config/config.js';

/** Reads the settings; on a wrong one prints what is wrong with it and ends the process with 1. */
export function loadConfigOrExit(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`Touchmark cannot start:\n${error.message}\n`);
    process.exit(1);
  }
}
