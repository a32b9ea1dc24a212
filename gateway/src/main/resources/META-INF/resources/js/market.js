// Prices: the list with its courses, and the chart of the chosen instrument.
import {$, el, rows, setAttribute, setClass, setText, setValue, drawing} from './dom.js';
import * as f from './format.js';
import {drawMarket} from './chart.js';
import {BUCKET_MILLIS, course, state} from './store.js';

const MAX_ROWS = 100;
const SVG = 'http://www.w3.org/2000/svg';
let hover;
let onChoose = () => {};

export function onInstrumentChosen(listener) {
  onChoose = listener;
}

export function choose(instrument) {
  state.chosen = instrument;
  drawPrices();
  drawChart();
  onChoose(instrument);
}

function makeRow() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 100 24');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'path'));
  const button = el('button', {type: 'button', class: 'link'});
  const row = el('tr', {class: 'clickable'}, el('td', {}, button), el('td', {class: 'num'}), el('td', {class: 'num'}),
    el('td', {}, svg), el('td', {}, el('span', {class: 'chip'})));
  row.addEventListener('click', () => choose(row.dataset.id));
  return row;
}

function sparkline(svg, line) {
  const recent = line?.slice(-90) ?? [];
  if (recent.length < 2) {
    setAttribute(svg.firstChild, 'd', '');
    setAttribute(svg, 'class', 'spark');
    return;
  }
  const low = Math.min(...recent.map((b) => b.c));
  const high = Math.max(...recent.map((b) => b.c));
  const d = recent.map((b, i) =>
    `${i ? 'L' : 'M'}${((i / (recent.length - 1)) * 100).toFixed(1)} ${(22 - ((b.c - low) / (high - low || 1)) * 20).toFixed(1)}`);
  setAttribute(svg.firstChild, 'd', d.join(''));
  setAttribute(svg, 'class', recent.at(-1).c < recent[0].c ? 'spark falls' : 'spark rises');
}

function why(p) {
  const out = p.exclusions.map((e) => `${e.venueId} ${e.market}: ${f.words(e.reason)}`).join('; ');
  const held = {HALTED: 'halted by an operator; ', VOLATILE: 'moved too fast and cools down; '}[p.hold] ?? '';
  return held + `${p.sourcesUsed} of ${p.sourcesConfigured} sources` + (out ? `; left out: ${out}` : '');
}

function updateRow(row, p) {
  const [name, mark, change, spark, stateCell] = row.cells;
  row.dataset.id = p.instrumentId;
  setText(name.firstChild, p.instrumentId);
  row.classList.toggle('chosen', p.instrumentId === state.chosen);
  setAttribute(name.firstChild, 'aria-pressed', String(p.instrumentId === state.chosen));
  setValue(mark, f.price(p.markPrice));
  const c = course(p.instrumentId);
  const shown = c ? f.percent(c.change) : f.unavailable();
  setValue(change, shown, c ? (c.change < 0 ? 'down-c' : 'up-c') : '');
  sparkline(spark.firstChild, state.marks.get(p.instrumentId));
  setText(stateCell.firstChild, f.words(p.hold ?? p.state));
  setClass(stateCell.firstChild, `chip ${p.state}`);
  setAttribute(stateCell.firstChild, 'title', why(p));
}

function drawPriceList() {
  const all = [...state.prices.values()].sort((a, b) => (a.instrumentId < b.instrumentId ? -1 : 1));
  rows($('prices'), all.slice(0, MAX_ROWS), makeRow, updateRow);
  $('prices-empty').hidden = all.length > 0;
  const usable = all.filter((p) => p.state === 'FRESH' || p.state === 'DEGRADED').length;
  setText($('prices-count'), all.length ? `${usable} of ${all.length} usable` + (all.length > MAX_ROWS ? `, ${MAX_ROWS} shown` : '') : '');
  drawFall(all);
  if (state.chosen === undefined && all.length) {
    choose((all.find((p) => p.state === 'FRESH') ?? all.find((p) => p.markPrice !== undefined) ?? all[0]).instrumentId);
  }
}

function drawFall(all) {
  const tile = $('tile-fall');
  let worst;
  for (const p of all) {
    const c = course(p.instrumentId);
    if (c && (!worst || c.fall < worst.fall)) worst = {...c, id: p.instrumentId};
  }
  setValue(tile.querySelector('.big'), worst ? f.percent(worst.fall) : f.unavailable());
  setText(tile.querySelector('.note'),
    worst ? `${worst.id}, from ${f.price(String(worst.high.h)).text} at ${new Date(worst.high.t).toISOString().slice(11, 19)}` : '');
  tile.classList.toggle('alarm', Boolean(worst) && worst.fall < -0.05);
}

function drawMarketChart() {
  const id = state.chosen;
  if (id === undefined) return;
  setText($('market-name'), id);
  const c = course(id);
  const p = state.prices.get(id);
  setText($('market-note'), p ? `mark, ${f.words(p.state)}` : '');
  const pointed = drawMarket($('market'), {
    line: state.marks.get(id),
    liquidated: state.liquidated,
    bucket: BUCKET_MILLIS,
    priceText: (v) => f.price(String(v)).text,
    moneyText: (v) => f.compact(String(v)).text,
    hover,
  });
  const say = $('market-say');
  if (pointed) {
    setText(say, `${pointed.time}: open ${f.price(String(pointed.o)).text}, high ${f.price(String(pointed.h)).text}, `
      + `low ${f.price(String(pointed.l)).text}, close ${f.price(String(pointed.c)).text}; `
      + `liquidated ${f.compact(String(pointed.liquidated)).text}`);
  } else if (c) {
    const moved = c.change < 0 ? 'fell' : 'rose';
    setText(say, `${id} ${moved} ${f.percent(Math.abs(c.change)).text.replace('+', '')} since the start of the chart; `
      + `low ${f.price(String(c.low.l)).text} at ${new Date(c.low.t).toISOString().slice(11, 19)} UTC. `
      + 'Bars below: notional liquidated in all instruments.');
  } else {
    setText(say, `No usable price of ${id} so far.`);
  }
  setAttribute($('market'), 'aria-label', `Chart of ${id}`);
}

export const drawPrices = drawing(drawPriceList, 200);
export const drawChart = drawing(drawMarketChart, 200);

const canvas = $('market');
canvas.addEventListener('pointermove', (event) => {
  hover = event.offsetX;
  drawChart();
});
canvas.addEventListener('pointerleave', () => {
  hover = undefined;
  drawChart();
});
canvas.addEventListener('keydown', (event) => {
  const step = {ArrowLeft: -8, ArrowRight: 8}[event.key];
  if (step) {
    hover = Math.max(0, Math.min(canvas.clientWidth - 70, (hover ?? canvas.clientWidth - 70) + step));
    drawChart();
    event.preventDefault();
  } else if (event.key === 'Escape') {
    hover = undefined;
    drawChart();
  }
});
new ResizeObserver(() => drawChart()).observe(canvas);
