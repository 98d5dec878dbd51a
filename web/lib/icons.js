/** icons.js -- one small set, drawn on a grid of 24 with a line of 1.5. */
import { svg } from 'lit';

/** @param {unknown} paths */
const icon = (paths) =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.5" stroke-linecap="round"
    stroke-linejoin="round">${paths}</svg>`;

export const icons = {
  library: icon(svg`<path d="M5 8.5v10c0 1.4 3.1 2.5 7 2.5s7-1.1 7-2.5v-10"/>
    <ellipse cx="12" cy="8.5" rx="7" ry="2.5"/><path d="M9 8V3.5M12 8.5V2.5M15 8V4"/>`),
  contents: icon(svg`<path d="M4 6h16M8 11h12M8 16h12M4 11h.01M4 16h.01"/>`),
  search: icon(svg`<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>`),
  notes: icon(svg`<path d="M4 20h16M6 15.5 16.5 5a2 2 0 0 1 2.8 2.8L8.8 18.2 5 19z"/>`),
  more: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17" />
    <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" stroke="none"/>`),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  up: icon(svg`<path d="m6 15 6-6 6 6"/>`),
  down: icon(svg`<path d="m6 9 6 6 6-6"/>`),
};
