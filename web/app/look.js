/**
 * look.js -- light, dark, or as the system has it. Kept in the library; beside
 * it in localStorage, where it can be read before the first paint
 * (public/look.js).
 */
const SETTING = 'look';

/** @param {string} look */
export function showLook(look) {
  const { dataset } = document.documentElement;
  if (look === 'light' || look === 'dark') dataset.look = look;
  else delete dataset.look;
}

/** @param {{call: Function}} engine @returns {Promise<string>} */
export async function keptLook(engine) {
  const look = await engine.call('setting', { name: SETTING });
  remember(look);
  return look || 'system';
}

/** @param {{call: Function}} engine @param {string} look */
export async function keepLook(engine, look) {
  remember(look);
  await engine.call('setSetting', { name: SETTING, value: look });
}

/** @param {string} look */
function remember(look) {
  try {
    localStorage.setItem('capsa-look', look);
  } catch {
    /* refused in some frames: then the first paint follows the system */
  }
}
