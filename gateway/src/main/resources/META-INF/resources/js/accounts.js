// Accounts: the riskiest, how many are in trouble, and what changed.
import {$, drawing, el, rows, setAttribute, setClass, setText, setValue} from './dom.js';
import * as f from './format.js';
import {openAccount} from './detail.js';
import {state} from './store.js';

const STATES = ['MARGIN_CALL', 'LIQUIDATABLE', 'BANKRUPT', 'PRICE_UNAVAILABLE'];
const FULL_BAR = 2; // an equity ratio of 2 fills the bar, 1 is its middle

function makeRow() {
  const button = el('button', {type: 'button', class: 'link'});
  const bar = el('div', {class: 'ratio'}, el('span', {class: 'track', 'aria-hidden': 'true'}, el('i')), el('b'));
  const row = el('tr', {class: 'clickable'}, el('td', {}, button), el('td', {}, el('span', {class: 'chip'})), el('td', {}, bar),
    el('td', {class: 'num'}), el('td', {class: 'num wide'}));
  row.addEventListener('click', () => openAccount(row.dataset.id));
  return row;
}

function updateRow(row, account) {
  const [name, stateCell, ratioCell, equity, maintenance] = row.cells;
  const m = account.margin;
  row.dataset.id = account.accountId;
  setText(name.firstChild, account.accountId);
  setText(stateCell.firstChild, f.words(m.state));
  setClass(stateCell.firstChild, `chip ${m.state}`);
  setAttribute(stateCell.firstChild, 'title',
    m.unpricedInstrumentIds.length ? `no usable price of ${m.unpricedInstrumentIds.join(', ')}` : m.state);
  const [track, number] = ratioCell.firstChild.children;
  const bar = track.firstChild;
  const share = m.equityRatio === undefined ? 0 : Math.max(0, Math.min(1, Number(m.equityRatio) / FULL_BAR));
  const width = `${(share * 100).toFixed(1)}%`;
  if (bar.style.width !== width) bar.style.width = width;
  setClass(bar, m.state);
  setValue(number, f.ratio(m.equityRatio));
  setValue(equity, f.money(m.equity), Number(m.equity) < 0 ? 'down-c' : '');
  setValue(maintenance, f.money(m.maintenanceMargin));
}

export const drawAccounts = drawing(() => {
  const accounts = state.accounts;
  rows($('accounts'), accounts ?? [], makeRow, updateRow);
  $('accounts-empty').hidden = Boolean(accounts?.length);
  setText($('accounts-empty'), accounts ? 'No accounts yet.' : 'unavailable');
}, 250);

export const drawRisk = drawing(() => {
  const tile = $('tile-risk');
  const [, big, stack, note] = tile.children;
  if (!state.riskKnown) {
    setValue(big, f.unavailable());
    setText(note, '');
    return;
  }
  const counts = Object.fromEntries(STATES.map((s) => [s, 0]));
  for (const e of state.risk.values()) counts[e.current] = (counts[e.current] ?? 0) + 1;
  setValue(big, f.count(state.risk.size));
  tile.classList.toggle('alarm', counts.LIQUIDATABLE + counts.BANKRUPT > 0);
  const present = STATES.filter((s) => counts[s] > 0);
  rows(stack, present, () => el('i'), (bar, s) => {
    setClass(bar, `s-${s}`);
    bar.style.flexGrow = counts[s];
  });
  setText(note, present.length ? present.map((s) => `${counts[s]} ${f.words(s)}`).join(' · ') : 'every account is healthy');
}, 250);

export const drawEvents = drawing(() => {
  rows($('events'), state.events.slice(0, 60),
    () => el('li', {}, el('time'), el('button', {type: 'button', class: 'ghost'}), el('span', {class: 'chip'}),
      el('span', {class: 'arrow', 'aria-label': 'to'}, '→'), el('span', {class: 'chip'}), el('span', {class: 'why'})),
    (item, e) => {
      const [time, account, before, , after, why] = item.children;
      setValue(time, f.time(e.eventTime));
      setText(account, e.accountId);
      account.onclick = () => openAccount(e.accountId);
      setText(before, f.words(e.previous));
      setClass(before, `chip ${e.previous}`);
      setText(after, f.words(e.current));
      setClass(after, `chip ${e.current}`);
      const known = e.adjustedEquity !== undefined && e.maintenanceMargin !== undefined;
      setText(why, known ? `${f.money(e.adjustedEquity).text} of ${f.money(e.maintenanceMargin).text}` : '');
      setAttribute(why, 'title', known ? `adjusted equity ${e.adjustedEquity}, maintenance margin ${e.maintenanceMargin}` : '');
    });
  $('events-empty').hidden = state.events.length > 0;
  setText($('events-count'), state.eventCount ? `${f.count(state.eventCount).text} since this page was opened` : '');
}, 250);
