// What the page knows. Everything is bounded.
import {millis} from './format.js';

export const BUCKET_MILLIS = 5000;
const MAX_BUCKETS = 720;
const MAX_EVENTS = 80;
const MAX_CASES = 5000;

export const state = {
  prices: new Map(),      // instrument -> price
  marks: new Map(),       // instrument -> [{t, o, h, l, c}]
  risk: new Map(),        // account -> newest change of risk state, unhealthy ones only
  riskKnown: false,
  events: [],             // newest first
  eventCount: 0,
  cases: new Map(),       // case -> case
  casesKnown: false,
  caseTotal: undefined,
  liquidated: new Map(),  // bucket -> notional
  scores: new Map(),      // instrument or '' -> score
  accounts: undefined,
  fund: undefined,
  fundLine: [],           // [{t, v}]
  conservation: undefined,
  services: undefined,
  streams: {prices: 'lost', 'risk-events': 'lost', cases: 'lost', sentiment: 'lost'},
  chosen: undefined,
};

const bucketOf = (t) => Math.floor(t / BUCKET_MILLIS) * BUCKET_MILLIS;

export function takePrices(data) {
  if (data.snapshot) state.prices.clear();
  for (const p of data.prices) {
    state.prices.set(p.instrumentId, p);
    const usable = p.state === 'FRESH' || p.state === 'DEGRADED';
    if (usable && p.markPrice !== undefined) addMark(p.instrumentId, millis(p.computedAt ?? p.eventTime), Number(p.markPrice));
  }
}

function addMark(instrument, t, mark) {
  if (!Number.isFinite(t)) return;
  let line = state.marks.get(instrument);
  if (!line) state.marks.set(instrument, (line = []));
  const start = bucketOf(t);
  const last = line.at(-1);
  if (last && start <= last.t) {
    last.h = Math.max(last.h, mark);
    last.l = Math.min(last.l, mark);
    last.c = mark;
  } else {
    line.push({t: start, o: mark, h: mark, l: mark, c: mark});
    if (line.length > MAX_BUCKETS) line.shift();
  }
}

/** Puts what the gateway saw before this page was opened in front of what the page saw. */
export function takeRecent(recent) {
  const before = recent.buckets.map((b) => (
    {t: millis(b.startTime), o: Number(b.open), h: Number(b.high), l: Number(b.low), c: Number(b.close)}));
  const seen = state.marks.get(recent.instrumentId) ?? [];
  const end = before.at(-1)?.t ?? -Infinity;
  const line = before.concat(seen.filter((b) => b.t > end)).slice(-MAX_BUCKETS);
  if (line.length) state.marks.set(recent.instrumentId, line);
}

export function takeRiskEvents(data) {
  if (data.snapshot) state.risk.clear();
  const told = !data.snapshot && state.riskKnown;
  state.riskKnown = true;
  for (const e of data.events) {
    if (e.current === 'HEALTHY') state.risk.delete(e.accountId);
    else state.risk.set(e.accountId, e);
    if (told) {
      state.eventCount++;
      state.events.unshift(e);
    }
  }
  if (state.events.length > MAX_EVENTS) state.events.length = MAX_EVENTS;
}

export function takeCases(data) {
  for (const c of data.cases) takeCase(c);
}

/** The newest cases, as the list tells them; also those that were finished before the page was opened. */
export function takeCaseList(list) {
  for (const c of [...list.cases].reverse()) takeCase(c);
  state.casesKnown = true;
  state.caseTotal = list.totalCount;
}

function takeCase(c) {
  const before = state.cases.get(c.caseId);
  if (before && before.updatedAt > c.updatedAt) return;
  const more = Number(c.closedNotional) - Number(before?.closedNotional ?? 0);
  const t = millis(c.updatedAt ?? c.openedAt);
  if (more > 0 && Number.isFinite(t)) {
    const start = bucketOf(t);
    state.liquidated.set(start, (state.liquidated.get(start) ?? 0) + more);
    if (state.liquidated.size > 2 * MAX_BUCKETS) state.liquidated.delete(state.liquidated.keys().next().value);
  }
  state.cases.set(c.caseId, c);
  if (state.cases.size > MAX_CASES) {
    for (const [id, known] of state.cases) {
      if (known.state === 'CLOSED') {
        state.cases.delete(id);
        break;
      }
    }
  }
}

export function takeScores(data) {
  if (data.snapshot) state.scores.clear();
  for (const s of data.scores) state.scores.set(s.instrumentId ?? '', s);
}

export function takeFund(fund) {
  state.fund = fund;
  const main = mainBalance();
  if (main) addFundPoint(Math.max(Date.now(), state.fundLine.at(-1)?.t ?? 0), Number(main.balance));
}

/** The asset of the fund with the greatest balance: the one that the page draws. */
export function mainBalance() {
  const balances = state.fund?.balances ?? [];
  return balances.reduce((best, b) => (best && Number(best.balance) >= Number(b.balance) ? best : b), undefined);
}

function addFundPoint(t, v) {
  const line = state.fundLine;
  const last = line.at(-1);
  if (last && last.v === v && line.length > 1 && line.at(-2).v === v) last.t = t;
  else line.push({t, v});
  if (line.length > 2000) line.shift();
}

/** The balance before this page was opened, walked back from now through the ledger. */
export function takeFundEntries(entries) {
  const main = mainBalance();
  if (!main) return;
  let v = Number(main.balance);
  const line = [];
  for (const e of entries) {
    if (e.assetId !== main.assetId || e.eventTime === undefined) continue;
    const into = /fund_?cash/i.test(e.debitLedgerAccount);
    const outOf = /fund_?cash/i.test(e.creditLedgerAccount);
    if (!into && !outOf) continue;
    const t = millis(e.eventTime);
    line.push({t, v});
    v += into ? -Number(e.amount) : Number(e.amount);
    line.push({t, v});
  }
  const seen = state.fundLine.filter((p) => !line.length || p.t > line[0].t);
  line.reverse();
  if (Math.abs(line[0]?.v ?? 1) < 1e-6) line.shift(); // before the first contribution
  state.fundLine = line.concat(seen).slice(-2000);
}

/** Totals over the cases that the page knows. */
export function caseTotals() {
  const totals = {open: 0, stuck: 0, closed: 0, fee: 0, fundPaid: 0, adl: 0, adlNotional: 0, notional: 0};
  for (const c of state.cases.values()) {
    if (c.state === 'CLOSED') totals.closed++;
    else totals.open++;
    if (c.state === 'FROZEN' || c.state === 'UNCOVERED') totals.stuck++;
    totals.notional += Number(c.closedNotional);
    totals.fee += Number(c.fee);
    totals.fundPaid += Number(c.fundPaid);
    if (Number(c.adlNotional) > 0) {
      totals.adl++;
      totals.adlNotional += Number(c.adlNotional);
    }
  }
  return totals;
}

/** Mark now against the first of the chart, and the fall from its greatest. */
export function course(instrument) {
  const line = state.marks.get(instrument);
  if (!line?.length) return undefined;
  const last = line.at(-1).c;
  let high = line[0];
  let low = line[0];
  for (const b of line) {
    if (b.h > high.h) high = b;
    if (b.l < low.l) low = b;
  }
  return {change: last / line[0].o - 1, fall: last / high.h - 1, high, low, last};
}
