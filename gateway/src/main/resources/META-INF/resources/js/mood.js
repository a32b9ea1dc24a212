// Sentiment: the gauge, what moves it, and what it asks of initial margin.
import {$, drawing, el, rows, setAttribute, setClass, setText, setValue} from './dom.js';
import * as f from './format.js';
import {state} from './store.js';

const SVG = 'http://www.w3.org/2000/svg';
const LEVELS = ['EXTREME_FEAR', 'FEAR', 'NEUTRAL', 'GREED', 'EXTREME_GREED'];

function svg(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, v] of Object.entries(attributes)) node.setAttribute(name, v);
  return node;
}

const point = (share, radius) => {
  const angle = Math.PI * (1 - share);
  return [85 + radius * Math.cos(angle), 88 - radius * Math.sin(angle)].map((v) => v.toFixed(2)).join(' ');
};

function build() {
  const picture = svg('svg', {viewBox: '0 0 170 100', role: 'img', 'aria-label': 'Sentiment'});
  LEVELS.forEach((level, i) => picture.append(svg('path', {
    class: `g${i}`, 'data-level': level, d: `M${point(i / 5 + 0.006, 74)}A74 74 0 0 1 ${point((i + 1) / 5 - 0.006, 74)}`,
  })));
  picture.append(svg('path', {class: 'needle', d: ''}), svg('circle', {cx: 85, cy: 88, r: 5}));
  $('gauge').append(picture, el('div', {}, el('p', {class: 'score'}), el('p', {class: 'level'}), el('p', {class: 'note'})));
}

build();

function reach(contributions) {
  return Math.max(5, ...contributions.map((c) => Math.abs(Number(c.contribution))));
}

function bar(item, [c, most]) {
  const [name, lane, number] = item.children;
  const points = Number(c.contribution);
  setText(name, f.words(c.signal));
  const measured = c.value === undefined ? 'unavailable' : `${Number(c.value.toPrecision(4))}`;
  setAttribute(item, 'title', `${c.signal}: ${measured} ${c.unit}`);
  const share = (Math.abs(points) / most) * 50;
  const fill = lane.firstChild;
  fill.style.width = `${share.toFixed(1)}%`;
  fill.style.left = `${(points < 0 ? 50 - share : 50).toFixed(1)}%`;
  setClass(fill, points < 0 ? 'neg' : '');
  const shown = f.money(c.contribution, 1);
  setValue(number, {...shown, text: points > 0 ? '+' + shown.text : shown.text});
}

export const drawMood = drawing(() => {
  const s = state.scores.get('');
  const picture = $('gauge').firstChild;
  const [score, level, note] = $('gauge').lastChild.children;
  setValue(score, s ? f.money(s.score, 1) : f.unavailable());
  setText(level, s ? f.words(s.level) : '');
  setText(note, s ? `from ${f.percent(Number(s.confidence), 0).text.replace('+', '')} of the signals' weight` : '');
  for (const path of picture.querySelectorAll('[data-level]')) path.classList.toggle('on', path.dataset.level === s?.level);
  setAttribute(picture.querySelector('.needle'), 'd', s ? `M85 88L${point(Math.max(0, Math.min(1, Number(s.score) / 100)), 60)}` : '');
  setAttribute(picture, 'aria-label', s ? `Sentiment ${f.money(s.score, 1).text} of 100, ${f.words(s.level)}` : 'Sentiment unavailable');
  const parts = s?.contributions ?? [];
  const most = reach(parts);
  rows($('contributions'), parts.slice(0, 8).map((c) => [c, most]),
    () => el('li', {}, el('span'), el('span', {class: 'lane', 'aria-hidden': 'true'}, el('i')), el('span', {class: 'num'})), bar);
  drawNote(s);
}, 250);

let adjustment;

export function takeAdjustment(answer) {
  adjustment = answer && {instrument: state.chosen, ...answer.adjustment};
  drawMood();
}

function drawNote(s) {
  const parts = [];
  if (s?.missingSignals.length) parts.push(`Not available: ${s.missingSignals.map(f.words).join(', ')}.`);
  if (adjustment) {
    const times = f.money(adjustment.initialMarginMultiplier).text;
    parts.push(Number(adjustment.initialMarginMultiplier) > 1
      ? `It asks ×${times} initial margin of ${adjustment.instrument} (at most ×${f.money(adjustment.bound).text}`
        + (adjustment.expiresAt ? `, until ${f.time(adjustment.expiresAt).text}).` : ').')
      : `It asks no more initial margin of ${adjustment.instrument}.`);
  }
  setText($('sentiment-note'), parts.join(' '));
}
