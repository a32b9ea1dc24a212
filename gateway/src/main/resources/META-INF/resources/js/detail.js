// The dialog: one liquidation or one account, in words and numbers.
import {$, el, shownAs} from './dom.js';
import * as f from './format.js';
import {get} from './feed.js';
import {state} from './store.js';

const dialog = $('detail');
let shown;         // {kind, id, version}
let loading = false;

$('detail-close').addEventListener('click', () => dialog.close());
dialog.addEventListener('close', () => (shown = undefined));
dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());

function open(kind, id) {
  shown = {kind, id, version: ''};
  $('detail-h').replaceChildren(`${kind === 'case' ? 'Liquidation' : 'Account'} ${id}`);
  $('detail-body').replaceChildren(el('p', {class: 'note'}, 'Loading…'));
  if (!dialog.open) dialog.showModal();
  load();
}

export const openCase = (id) => open('case', id);
export const openAccount = (id) => open('account', id);

/** Loads the case that is shown again where the stream told of something new. */
export function refreshCase() {
  if (shown?.kind !== 'case') return;
  const known = state.cases.get(shown.id);
  if (known && known.updatedAt !== shown.version) load();
}

async function load() {
  if (loading || !shown) return;
  loading = true;
  const {kind, id} = shown;
  try {
    const path = kind === 'case' ? '/v1/liquidations/' : '/v1/accounts/';
    const data = await get(path + encodeURIComponent(id));
    if (shown?.id === id) (kind === 'case' ? showCase : showAccount)(data);
  } catch (failure) {
    if (shown?.id === id) $('detail-body').replaceChildren(el('p', {class: 'banner'}, `unavailable: ${failure.message}`));
  } finally {
    loading = false;
  }
}

function facts(pairs) {
  return el('dl', {class: 'facts'}, ...pairs.flatMap(([name, value]) => [el('dt', {}, name), shownAs('dd', value)]));
}

function table(heads, lines) {
  return el('div', {class: 'table-wrap'}, el('table', {},
    el('thead', {}, el('tr', {}, ...heads.map(([name, numeric]) => el('th', {scope: 'col', class: numeric ? 'num' : ''}, name)))),
    el('tbody', {}, ...lines.map((cells) => el('tr', {}, ...cells.map((cell, i) =>
      typeof cell === 'string' ? el('td', {}, cell) : shownAs('td', cell, {class: heads[i][1] ? 'num' : ''})))))));
}

const chip = (name) => el('span', {class: `chip ${name}`}, f.words(name));

// ---------------------------------------------------------------- a liquidation

function sentence(c) {
  const parts = [`${c.accountId} could no longer carry its risk: equity ${f.money(c.equityAtOpen).text} against a maintenance margin of `
    + `${f.money(c.maintenanceMarginAtOpen).text}.`];
  const closed = Number(c.closedNotional);
  parts.push(closed > 0 ? `${f.money(c.closedNotional).text} of notional was closed, for fees of ${f.money(c.fee).text}.`
    : 'Nothing has been closed yet.');
  if (Number(c.adlNotional) > 0) parts.push(`${f.money(c.adlNotional).text} of it went to accounts in profit (auto-deleveraging).`);
  if (Number(c.fundPaid) > 0) parts.push(`The insurance fund paid ${f.money(c.fundPaid).text}.`);
  parts.push({
    RECOVERED: 'The account can carry its risk again.',
    CLOSED_OUT: 'Every position is closed and nothing is owed.',
    COVERED_BY_FUND: 'Every position is closed; the fund covered what was owed.',
  }[c.outcome] ?? {
    OPEN: 'It was detected; nothing has been done yet.',
    REDUCING: 'Orders are at the venue.',
    FROZEN: 'It waits: a price that the account needs is not usable.',
    DELEVERAGING: 'Positions are being closed against accounts in profit.',
    COVERING: 'The insurance fund is paying the deficit.',
    UNCOVERED: 'A deficit is left that the fund cannot pay now.',
  }[c.state] ?? '');
  return parts.join(' ');
}

function stepTitle(s) {
  if (s.kind === 'FUND_DRAW') return `The insurance fund pays ${f.money(s.amount).text} ${s.assetId ?? ''}`;
  const side = Number(s.size) < 0 ? 'sell' : 'buy back';
  const amount = f.size(s.size).text.replace('−', '');
  const at = s.price === undefined ? '' : ` at ${s.kind === 'ADL' ? '' : 'limit '}${f.price(s.price).text}`;
  const mark = s.markPrice === undefined ? '' : ` (mark ${f.price(s.markPrice).text})`;
  return `${s.kind === 'ADL' ? 'Auto-deleverage: ' : 'Order: '}${side} ${amount} ${s.instrumentId ?? ''}${at}${mark}`;
}

function step(s) {
  const item = el('li', {class: `${s.kind}${s.finished ? '' : ' unfinished'}`},
    el('p', {class: 'title'}, stepTitle(s), ' ', el('span', {class: 'note'},
      `${f.time(s.plannedAt).text}${s.finishedAt ? ' – ' + f.time(s.finishedAt).text : s.finished ? '' : ', running'}`)),
    el('p', {class: 'why'}, s.explanation || el('span', {class: 'na'}, 'no explanation')));
  if (s.fills.length) {
    const adl = s.kind === 'ADL';
    item.append(table([['Fill'], ['Size', true], ['Price', true], ['Fee', true], [adl ? 'Other side' : 'Booked']],
      s.fills.map((x) => [x.fillId, f.size(x.size), f.price(x.price), f.money(x.fee),
        adl ? x.counterpartyAccountId ?? '' : x.booked ? 'yes' : 'not yet'])));
  } else if (s.kind !== 'FUND_DRAW') {
    item.append(el('p', {class: 'note'}, s.finished ? 'Nothing was filled.' : 'No fill yet.'));
  }
  return item;
}

function showCase(c) {
  shown.version = c.updatedAt;
  $('detail-h').replaceChildren(`Liquidation of ${c.accountId} `, chip(c.outcome ?? c.state));
  const steps = c.steps ?? [];
  keepScroll(el('p', {class: 'lead'}, sentence(c)),
    facts([['Opened', f.time(c.openedAt)], ['Equity then', f.money(c.equityAtOpen)],
      ['Maintenance then', f.money(c.maintenanceMarginAtOpen)], ['Closed notional', f.money(c.closedNotional)],
      ['Fees', f.money(c.fee)], ['Fund paid', f.money(c.fundPaid)], ['ADL notional', f.money(c.adlNotional)],
      ['Last change', f.time(c.updatedAt)], ['Case', {text: c.caseId, exact: c.caseId, missing: false}]]),
    el('h3', {}, steps.length === 1 ? '1 step' : `${steps.length} steps`),
    el('ol', {class: 'steps'}, ...steps.map(step)));
}

// ---------------------------------------------------------------- an account

function standing(s) {
  switch (s?.standing) {
    case 'MARGIN_CALL':
      return `The account is called for margin (warning ${s.warningLevel}); from ${f.time(s.deadline).text} on it may only reduce its risk.`;
    case 'REDUCE_ONLY': return 'The account may only reduce its risk until it has recovered.';
    case 'RECOVERED': return `The account has recovered; it counts as healthy from ${f.time(s.deadline).text} on.`;
    default: return '';
  }
}

function showAccount(a) {
  const m = a.margin;
  shown.version = '';
  $('detail-h').replaceChildren(`Account ${a.accountId} `, chip(m.state));
  const lead = m.unpricedInstrumentIds.length
    ? `There is no usable price of ${m.unpricedInstrumentIds.join(', ')}: nothing is liquidated, and only risk may be reduced.`
    : m.equityRatio === undefined ? 'The account holds no position that needs margin.'
      : `Adjusted equity is ${f.ratio(m.equityRatio).text} times the maintenance margin; below 1 it is liquidatable.`;
  const note = standing(a.standing);
  keepScroll(el('p', {class: 'lead'}, lead), ...(note ? [el('p', {class: 'note'}, note)] : []),
    facts([['Equity', f.money(m.equity)], ['Adjusted equity', f.money(m.adjustedEquity)], ['Free collateral', f.money(m.freeCollateral)],
      ['Initial margin', f.money(m.initialMargin)], ['Maintenance margin', f.money(m.maintenanceMargin)], ['Notional', f.money(m.notional)]]),
    el('h3', {}, 'Positions'),
    m.positions.length ? table([['Instrument'], ['Size', true], ['Entry', true], ['Mark', true], ['Profit', true], ['Liquidation price', true]],
      m.positions.map((p) => [p.instrumentId, f.size(p.size), f.price(p.entryPrice), f.price(p.markPrice), f.money(p.unrealizedPnl),
        p.liquidationPrice === undefined ? {text: 'none', exact: 'No mark price of this instrument alone would liquidate', missing: false}
          : f.price(p.liquidationPrice)])) : el('p', {class: 'note'}, 'None.'),
    el('h3', {}, 'Balances'),
    a.balances.length ? table([['Asset'], ['Amount', true]], a.balances.map((b) => [b.assetId, f.money(b.amount)]))
      : el('p', {class: 'note'}, 'None.'));
}

function keepScroll(...children) {
  const body = $('detail-body');
  const at = body.scrollTop;
  body.replaceChildren(...children);
  body.scrollTop = at;
}
