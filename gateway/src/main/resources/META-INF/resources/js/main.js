// Starts the page: streams, polls, and the parts that are small.
import {$, drawing, el, rows, setAttribute, setClass, setText, setValue} from './dom.js';
import {drawAccounts, drawEvents, drawRisk} from './accounts.js';
import {drawBalance} from './chart.js';
import {drawCases} from './cases.js';
import {drawChart, drawPrices, onInstrumentChosen} from './market.js';
import {drawMood, takeAdjustment} from './mood.js';
import {takeCascade, takeWarnings} from './risk.js';
import {openAccount} from './detail.js';
import * as f from './format.js';
import {get, poll, streams} from './feed.js';
import * as store from './store.js';

const {state} = store;

// ---------------------------------------------------------------- theme and clock

const themeButton = $('theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : systemDark.matches;
}

function showTheme() {
  setText(themeButton, isDark() ? 'Light' : 'Dark');
  setAttribute(themeButton, 'aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  drawChart();
  drawFund();
}

const asked = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem('delever-theme');
if (asked === 'dark' || asked === 'light') document.documentElement.dataset.theme = asked;
themeButton.addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  localStorage.setItem('delever-theme', document.documentElement.dataset.theme);
  showTheme();
});
systemDark.addEventListener('change', showTheme);

setInterval(() => setText($('clock'), new Date().toISOString().slice(11, 19) + ' UTC'), 1000);

// ---------------------------------------------------------------- services and connection

const STREAM_OF = {'price-service': 'prices', 'margin-service': 'risk-events', 'liquidation-service': 'cases', 'sentiment-service': 'sentiment'};
let gatewayLost = false;

const drawServices = drawing(() => {
  const services = state.services ?? Object.keys(STREAM_OF).map((service) => ({service, state: 'UNKNOWN'}));
  rows($('services'), services, () => el('li'), (item, s) => {
    const live = state.streams[STREAM_OF[s.service]] === 'live';
    const up = s.state === 'SERVING' && live && !gatewayLost;
    const down = s.state === 'UNREACHABLE' || gatewayLost;
    setClass(item, up ? 'up' : down ? 'down' : 'wait');
    const say = up ? 'live' : gatewayLost ? 'unknown' : down ? 'does not answer' : 'waiting';
    setText(item, `${s.service.replace('-service', '')} ${say}`);
    setAttribute(item, 'title', s.since ? `${s.service}: ${f.words(s.state)} since ${s.since}` : s.service);
  });
  const out = gatewayLost ? [] : services.filter((s) => s.state === 'UNREACHABLE').map((s) => s.service);
  const banner = $('banner');
  banner.hidden = !gatewayLost && out.length === 0;
  setText(banner, gatewayLost ? 'The gateway does not answer. The figures are the last ones received; the page reconnects by itself.'
    : out.length ? `${out.join(' and ')} ${out.length > 1 ? 'do' : 'does'} not answer. The figures from there are the last ones received.` : '');
}, 100);

const TAKE = {
  prices: (data) => (store.takePrices(data), drawPrices(), drawChart()),
  'risk-events': (data) => (store.takeRiskEvents(data), drawRisk(), drawEvents()),
  cases: (data) => (store.takeCases(data), drawCases(), drawChart()),
  sentiment: (data) => (store.takeScores(data), drawMood()),
};

streams(Object.keys(TAKE), (name, data) => TAKE[name](data), (name, now) => {
  state.streams[name] = now;
  drawServices();
});

poll('/v1/status', 2000, (status) => {
  gatewayLost = false;
  state.services = status.services;
  drawServices();
}, (failure) => {
  gatewayLost = failure.status === undefined;
  drawServices();
});

// ---------------------------------------------------------------- polled figures

poll('/v1/accounts?order=riskiest&pageSize=30', 1000, (list) => {
  state.accounts = list.accounts;
  drawAccounts();
}, () => {});

async function loadCases() {
  let token = '';
  for (let page = 0; page < 5; page++) {
    const list = await get('/v1/liquidations?pageSize=1000' + (token && `&pageToken=${encodeURIComponent(token)}`));
    store.takeCaseList(list);
    drawCases();
    drawChart();
    token = list.nextPageToken;
    if (!token) return;
  }
}

const again = (work, pause) => work().catch(() => setTimeout(() => again(work, pause), pause));
again(loadCases, 3000);
poll('/v1/liquidations?pageSize=1', 5000, (list) => {
  state.caseTotal = list.totalCount;
  drawCases();
}, () => {});

// ---------------------------------------------------------------- insurance fund

const drawFund = drawing(() => {
  const fund = state.fund;
  const main = store.mainBalance();
  const [, big, note] = $('tile-fund').children;
  setValue(big, main ? f.compact(main.balance) : f.unavailable());
  setText(note, main ? `${main.assetId} · paid ${f.compact(main.paid).text}` : fund ? 'no balance yet' : '');
  setText($('fund-count'), fund ? (fund.balanced ? 'ledger balanced' : 'LEDGER NOT BALANCED') : '');
  drawBalance($('fund-chart'), state.fundLine, (v) => f.compact(String(v)).text);
  const line = state.fundLine;
  setText($('fund-say'), main && line.length > 1
    ? `${main.assetId}, from ${f.compact(String(line[0].v)).text} to ${f.compact(main.balance).text}` : main ? main.assetId : 'unavailable');
  const pairs = main ? [['Balance', main.balance], ['Contributed', main.contributions], ['Fees', main.fees], ['Paid', main.paid],
    ['Reserved', main.reserved], ['Floor', main.floor]] : [];
  const parts = pairs.flatMap(([name, v]) => [['dt', name], ['dd', f.money(v)]]);
  const facts = $('fund-facts');
  if (facts.children.length !== parts.length) facts.replaceChildren(...parts.map(([tag]) => el(tag)));
  parts.forEach(([tag, v], i) => (tag === 'dt' ? setText(facts.children[i], v) : setValue(facts.children[i], v)));
}, 300);

new ResizeObserver(() => drawFund()).observe($('fund-chart'));

let entriesLoaded = false;

async function loadEntries() {
  const entries = [];
  let token = '';
  for (let page = 0; page < 3; page++) {
    const list = await get('/v1/insurance-fund/entries?pageSize=1000' + (token && `&pageToken=${encodeURIComponent(token)}`));
    entries.push(...list.entries);
    token = list.nextPageToken;
    if (!token) break;
  }
  store.takeFundEntries(entries);
  drawFund();
}

poll('/v1/insurance-fund', 2000, (fund) => {
  store.takeFund(fund);
  drawFund();
  if (!entriesLoaded && store.mainBalance()) {
    entriesLoaded = true;
    loadEntries().catch(() => (entriesLoaded = false));
  }
}, () => {});

// ---------------------------------------------------------------- conservation

const drawConservation = drawing(() => {
  const c = state.conservation;
  const badge = $('conservation');
  if (!c) return;
  const broken = [...c.assets.filter((a) => a.residue !== '0').map((a) => `${a.assetId} ${a.residue}`),
    ...c.instruments.filter((i) => i.residueSize !== '0').map((i) => `${i.instrumentId} ${i.residueSize}`)];
  setText(badge, c.conserved ? 'Conservation: exact' : `Conservation BROKEN: residue ${broken.slice(0, 3).join(', ')}`);
  setClass(badge, c.conserved ? 'badge exact' : 'badge broken');
  setAttribute(badge, 'title', `${f.count(c.accountCount).text} accounts, ${f.count(c.commandCount).text} commands`);
  const lines = [...c.assets.map((a) => [a.assetId, f.money(a.accounts), f.money(a.residue, 8), a.residue]),
    ...c.instruments.map((i) => [i.instrumentId, f.size(i.accountsSize), f.size(i.residueSize), i.residueSize])];
  rows($('sums'), lines.slice(0, 100), () => el('tr', {}, el('td'), el('td', {class: 'num'}), el('td', {class: 'num'})),
    (row, [name, sum, residue, exact]) => {
      setText(row.cells[0], name);
      setValue(row.cells[1], sum);
      setValue(row.cells[2], exact === '0' ? {text: '0 exact', exact, missing: false} : residue, exact === '0' ? '' : 'down-c');
    });
  $('sums-empty').hidden = lines.length > 0;
}, 300);

poll('/v1/conservation', 3000, (c) => {
  state.conservation = c;
  drawConservation();
}, () => {
  const badge = $('conservation');
  setText(badge, 'Conservation: unavailable');
  setClass(badge, 'badge');
});

// ---------------------------------------------------------------- the chosen instrument

let side = 'short';
const adlPath = () => state.chosen && `/v1/adl-queue?instrument=${encodeURIComponent(state.chosen)}&side=${side}&pageSize=20`;

function showQueue(queue) {
  const entries = queue?.entries ?? [];
  rows($('adl'), entries, () => el('tr', {}, el('td', {class: 'num'}), el('td', {}, el('button', {type: 'button', class: 'link'})),
    el('td', {class: 'num'}), el('td', {class: 'num'})), (row, e) => {
    setText(row.cells[0], String(e.rank));
    setText(row.cells[1].firstChild, e.accountId);
    row.cells[1].firstChild.onclick = () => openAccount(e.accountId);
    setValue(row.cells[2], f.size(e.size));
    setValue(row.cells[3], f.money(e.unrealizedPnl));
  });
  $('adl-empty').hidden = entries.length > 0;
  setText($('adl-empty'), queue ? 'Nobody would be asked now.' : 'unavailable');
  setText($('adl-count'), state.chosen ? `${state.chosen}, who would be asked first` : '');
}

const askAdl = poll(adlPath, 4000, showQueue, () => showQueue(undefined));
for (const button of document.querySelectorAll('[data-side]')) {
  button.addEventListener('click', () => {
    side = button.dataset.side;
    for (const other of document.querySelectorAll('[data-side]')) setAttribute(other, 'aria-pressed', String(other === button));
    askAdl();
  });
}

async function askAdjustment() {
  if (document.hidden) return;
  if (!state.scores.has(state.chosen)) {
    takeAdjustment(undefined);
    return;
  }
  takeAdjustment(await get(`/v1/sentiment/${encodeURIComponent(state.chosen)}`).catch(() => undefined));
}
setInterval(askAdjustment, 5000);

const chosenPath = (path) => () => state.chosen && `${path}?instrument=${encodeURIComponent(state.chosen)}`;
const askWarnings = poll(chosenPath('/v1/risk/early-warning'), 5000, takeWarnings, () => takeWarnings(undefined));
const askCascade = poll(chosenPath('/v1/risk/cascade'), 5000, takeCascade, () => takeCascade(undefined));

const recentAsked = new Set();

async function askRecent(instrument) {
  if (recentAsked.has(instrument)) return;
  recentAsked.add(instrument);
  try {
    store.takeRecent(await get(`/v1/prices/${encodeURIComponent(instrument)}/recent`));
    drawPrices();
    drawChart();
  } catch {
    recentAsked.delete(instrument);
  }
}

onInstrumentChosen((instrument) => {
  askRecent(instrument);
  askAdl();
  askAdjustment();
  askWarnings();
  askCascade();
  for (const id of [...state.prices.keys()].slice(0, 60)) askRecent(id);
});

[showTheme, drawServices, drawRisk, drawCases, drawPrices, drawAccounts, drawMood].forEach((draw) => draw());
