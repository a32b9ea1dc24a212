// Early warning and the fuel around the price of the chosen instrument.
import {$, drawing, el, rows, setAttribute, setClass, setText} from './dom.js';
import * as f from './format.js';

const SVG = 'http://www.w3.org/2000/svg';
const HORIZONS = {PT15M: '15 min', PT1H: '1 h', PT4H: '4 h', PT24H: '24 h'};
let warnings;
let cascade;

const percent = (share) => `${(100 * Number(share)).toFixed(1)} %`;

function why(warning) {
  if (warning.probability === undefined) return 'Nothing learnt yet.';
  const parts = warning.reasons.map((r) => `${f.words(r.feature)} ${r.logOdds >= 0 ? 'raises' : 'lowers'} it`);
  return `Forced closes of at least ${percent(warning.threshold)} of what is open. ${parts.join('; ')}`
    + (warning.missingFeatures.length ? ` Not available: ${warning.missingFeatures.map(f.words).join(', ')}.` : '');
}

export const drawRiskDesk = drawing(() => {
  const list = warnings?.warnings ?? [];
  rows($('warnings'), list, () => el('tr', {}, el('td'), el('td', {class: 'num'}), el('td'), el('td')), (row, w) => {
    setText(row.cells[0], HORIZONS[w.horizon] ?? w.horizon);
    setText(row.cells[1], w.probability === undefined ? 'unavailable' : percent(w.probability));
    setText(row.cells[2], w.level === 'NONE' ? 'calm' : f.words(w.level));
    setClass(row.cells[2], w.level === 'NONE' ? '' : `alert ${w.level.toLowerCase()}`);
    setText(row.cells[3], w.shownPredictor ? f.words(w.shownPredictor) : '');
    setAttribute(row, 'title', why(w));
  });
  $('warnings-empty').hidden = list.length > 0;
  drawFuel();
}, 300);

function drawFuel() {
  const figure = $('fuel-chart');
  const fuel = cascade?.fuel ?? [];
  setText($('fuel-say'), say());
  if (!fuel.length) {
    figure.replaceChildren();
    return;
  }
  const most = Math.max(1e-9, ...fuel.map((one) => one.notional));
  const width = 300 / fuel.length;
  const bars = fuel.map((one, i) => {
    const height = 70 * one.notional / most;
    const bar = document.createElementNS(SVG, 'rect');
    for (const [name, v] of Object.entries({x: i * width + 1, y: 80 - height, width: width - 2, height: Math.max(height, 0.5)})) {
      bar.setAttribute(name, v.toFixed(1));
    }
    bar.setAttribute('class', one.distance.startsWith('-') ? 'below' : 'above');
    const title = document.createElementNS(SVG, 'title');
    title.textContent = `${percent(one.distance)}: ${f.compact(String(one.notional.toFixed(0))).text} closed by force`;
    bar.append(title);
    return bar;
  });
  const labels = [[0, 'start', fuel[0]], [150, 'middle', undefined], [300, 'end', fuel.at(-1)]].map(([x, anchor, one]) => {
    const text = document.createElementNS(SVG, 'text');
    for (const [name, v] of Object.entries({x, y: 95, 'text-anchor': anchor})) text.setAttribute(name, v);
    text.textContent = one ? percent(one.distance) : 'price';
    return text;
  });
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', '0 0 300 100');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', say());
  picture.append(...bars, ...labels);
  figure.replaceChildren(picture);
}

function say() {
  if (!cascade) return 'Fuel unavailable.';
  const end = cascade.fuel[0];
  const feeds = [cascade.amplified.feedsItselfBelow && 'falls', cascade.amplified.feedsItselfAbove && 'rises'].filter(Boolean);
  const open = Math.max(cascade.openNotional, 1e-9);
  return `${percent(end.notional / open)} of open longs would be closed by force ${percent(end.distance).replace('-', '')} below`
    + (feeds.length ? `; a market that ${feeds.join(' or ')} feeds itself` : '')
    + (cascade.truncated ? `; only ${cascade.accountCount} accounts read` : '') + '.';
}

export function takeWarnings(answer) {
  warnings = answer;
  drawRiskDesk();
}

export function takeCascade(answer) {
  cascade = answer;
  drawRiskDesk();
}
