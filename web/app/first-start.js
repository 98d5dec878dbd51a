/** first-start.js -- a new library shows what Capsa is with two records. */
import guideUrl from '../samples/guide.md?url';
import transcriptUrl from '../samples/transcript.txt?url';

const SETTING = 'samples';
const SAMPLES = [
  { url: guideUrl, name: 'A guide to Capsa' },
  { url: transcriptUrl, name: 'A sample transcript' },
];

/**
 * Once in a library's life, and only while it is empty: who removed the
 * samples does not get them back.
 * @param {{call: Function}} engine
 */
export async function addSamples(engine) {
  const [done, entries] = await Promise.all([
    engine.call('setting', { name: SETTING }),
    engine.call('list'),
  ]);
  if (done || entries.length) return;
  for (const { url, name } of SAMPLES) {
    const response = await fetch(new URL(url, document.baseURI));
    if (!response.ok) return; // tried again at the next start
    const bytes = new Uint8Array(await response.arrayBuffer());
    await engine.call('add', { bytes, name });
  }
  await engine.call('setSetting', { name: SETTING, value: 'added' });
}
