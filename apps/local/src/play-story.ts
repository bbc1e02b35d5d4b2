import { startChild } from './children.ts';
import { inRoot, inState } from './paths.ts';
import { readRecord } from './records.ts';
import { onStop } from './shutdown.ts';

/** What the story leaves in `story.json` when it has come to its end. */
export interface Story {
  finishedAt: string;
  /** A certificate that verifies as genuine. */
  certificateUrl: string;
  /** How to sign in as each kind of person. */
  people: { role: string; how: string }[];
}

const storyFile = (): string => inState('story.json');

/** The story that was played to its end, or null: then it is played, from where it was interrupted. */
export function playedStory(): Story | null {
  const { finishedAt, certificateUrl, people } = readRecord<Story>(storyFile()) ?? {};
  return finishedAt && certificateUrl && people ? { finishedAt, certificateUrl, people } : null;
}

/** Plays the main job of the demo co-op through the running API; the script shows its own progress. */
export async function playStory(apiUrl: string, env: Readonly<Record<string, string>>): Promise<Story> {
  const child = startChild({
    name: 'story',
    script: inRoot('apps/local/src/story.ts'),
    env: { ...env, TOUCHMARK_API_URL: apiUrl, TOUCHMARK_STORY_FILE: storyFile() },
    shown: true,
  });
  onStop(() => child.stop(2_000));
  const ended = await child.ended;
  const story = playedStory();
  if (ended === 'code 0' && story) return story;
  throw new Error(
    `The demo story stopped before its end (${ended}); expected ${storyFile()} with its outcome. ` +
      'What it did so far is kept: start again and it goes on from there.',
  );
}
