import { renameSync, writeFileSync } from 'node:fs';
import { line } from './report.ts';
import { Api } from './story/api.ts';
import { STORY_DAYS, beginning, play } from './story/plot.ts';
import { StoryTime } from './story/time.ts';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set; npm start sets it for the story.`);
  return value;
}

const url = setting('TOUCHMARK_API_URL');
const file = setting('TOUCHMARK_STORY_FILE');
const begunAt = beginning(`${file}.begun`);
const [chainUrl = ''] = setting('CHAIN_RPC_URLS').split(',');
const time = await StoryTime.open(setting('DATABASE_URL'), chainUrl, Date.now() - begunAt.getTime());
try {
  const ending = await play({
    api: new Api(url),
    mailDir: setting('MAIL_DIR'),
    url,
    time,
    begunAt,
    env: process.env,
    say: line,
  });
  // Whole or not at all: a story file says that the story is over.
  writeFileSync(`${file}.new`, JSON.stringify(ending, null, 2));
  renameSync(`${file}.new`, file);
} finally {
  await time.close();
}
process.stdout.write(`  the story of ${String(STORY_DAYS)} days is told\n`);
