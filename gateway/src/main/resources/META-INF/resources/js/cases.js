// Liquidations: the list and the totals.
import {$, drawing, el, rows, setAttribute, setClass, setText, setValue} from './dom.js';
import * as f from './format.js';
import {openCase, refreshCase} from './detail.js';
import {caseTotals, state} from './store.js';

const MAX_ROWS = 80;

function makeRow() {
  const button = el('button', {type: 'button', class: 'link'});
  const row = el('tr', {class: 'clickable'}, el('td', {}, button), el('td', {}, el('span', {class: 'chip'})),
    el('td', {class: 'num'}), el('td', {class: 'num'}), el('td', {class: 'num wide'}));
  row.addEventListener('click', () => openCase(row.dataset.id));
  return row;
}

function updateRow(row, c) {
  const [name, stateCell, closed, paid, opened] = row.cells;
  row.dataset.id = c.caseId;
  setText(name.firstChild, c.accountId);
  setAttribute(name.firstChild, 'aria-label', `Liquidation of ${c.accountId}, open the steps`);
  setAttribute(name.firstChild, 'title', c.caseId);
  const shown = c.state === 'CLOSED' ? c.outcome ?? 'CLOSED' : c.state;
  setText(stateCell.firstChild, f.words(shown) + (Number(c.adlNotional) > 0 ? ' · ADL' : ''));
  setClass(stateCell.firstChild, `chip ${shown}`);
  setValue(closed, f.compact(c.closedNotional));
  setValue(paid, f.compact(c.fundPaid), Number(c.fundPaid) > 0 ? 'down-c' : '');
  setValue(opened, f.time(c.openedAt));
}

const openedLast = (a, b) => (a.openedAt < b.openedAt ? 1 : a.openedAt > b.openedAt ? -1 : a.caseId < b.caseId ? -1 : 1);

function drawList() {
  const all = [...state.cases.values()];
  const open = all.filter((c) => c.state !== 'CLOSED').sort(openedLast);
  const closed = all.filter((c) => c.state === 'CLOSED').sort(openedLast);
  const shown = open.slice(0, MAX_ROWS).concat(closed).slice(0, MAX_ROWS);
  rows($('cases'), shown, makeRow, updateRow);
  const known = state.casesKnown || all.length > 0;
  $('cases-empty').hidden = all.length > 0;
  setText($('cases-empty'), known ? 'No liquidation so far.' : 'unavailable');
  setText($('cases-count'), all.length > shown.length ? `${shown.length} of ${f.count(all.length).text} shown, running ones first`
    : all.length ? 'running ones first' : '');
  drawTotals(known);
  refreshCase();
}

function tile(id, shown, note, alarm) {
  const [, big, text] = $(id).children;
  setValue(big, shown);
  setText(text, note);
  $(id).classList.toggle('alarm', Boolean(alarm));
}

function drawTotals(known) {
  if (!known) {
    for (const id of ['tile-cases', 'tile-notional', 'tile-adl']) tile(id, f.unavailable(), '');
    return;
  }
  const t = caseTotals();
  const all = Math.max(state.caseTotal ?? 0, state.cases.size);
  const part = all > state.cases.size ? `of the newest ${f.count(state.cases.size).text} cases` : '';
  tile('tile-cases', f.count(t.open),
    `${f.count(all).text} in all` + (t.stuck ? `, ${t.stuck} wait for a price or the fund` : ''), t.stuck > 0);
  tile('tile-notional', f.compact(String(t.notional)), part || `fees ${f.compact(String(t.fee)).text}`);
  tile('tile-adl', f.count(t.adl), t.adl ? `${f.compact(String(t.adlNotional)).text} notional taken from winners` : 'no winner had to give up profit',
    t.adl > 0);
}

export const drawCases = drawing(drawList, 250);
