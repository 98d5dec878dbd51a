/** tell.js -- tell the test (host.js) what happened here. */

/** @param {string} name @param {any} detail  bytes or what JSON holds */
export async function tell(name, detail = null) {
  const isBytes = detail instanceof Uint8Array;
  await fetch(`../tell/${name}`, {
    method: 'POST',
    headers: { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
    body: isBytes ? detail : JSON.stringify(detail),
  });
}

/** Run the page's work; what it throws is told. @param {() => Promise<void>} work */
export async function run(work) {
  try {
    await work();
  } catch (e) {
    await tell('failed', `${e?.code ?? e?.name}: ${e?.message}\n${e?.stack}`);
  }
}

/** @param {() => any} test @param {any} what @param {number} limit_ms */
export async function until(test, what = test, limit_ms = 20_000) {
  const deadline = Date.now() + limit_ms;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Numbers that are the same for the same seed. @param {number} seed */
export function dice(seed) {
  let state = (seed % 2147483646) + 1;
  return (/** @type {number} */ n) => (state = (state * 48271) % 2147483647) % n;
}
