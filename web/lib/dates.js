/** dates.js -- ISO 8601 dates of archives, in words. */

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
  'September', 'October', 'November', 'December',
];

/** @param {string} date  YYYY, YYYY-MM or YYYY-MM-DD */
function words(date) {
  const [year, month, day] = date.split('-').map(Number);
  const name = MONTHS[month - 1];
  if (!name) return String(year);
  return day ? `${day} ${name} ${year}` : `${name} ${year}`;
}

/**
 * @param {string | undefined} date  ISO, or start/end
 * @returns {string}  "31 July 1958", "1958 – 1961"; '' for none
 */
export function dateWords(date) {
  if (!date) return '';
  return date.split('/').map(words).join(' – ');
}

/** @param {string} stamp  ISO, UTC */
export function dayWords(stamp) {
  const date = new Date(stamp);
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** @param {number} number @param {string} one @param {string} [many] */
export function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}
