// Numbers for people. What arrives is exact decimal text; what is shown is rounded, and the exact text goes into the
// tooltip. A value that is absent is never shown as 0.

const formats = new Map();

function format(digits) {
  if (!formats.has(digits)) {
    formats.set(digits, new Intl.NumberFormat('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits}));
  }
  return formats.get(digits);
}

const compactFormat = new Intl.NumberFormat('en-US', {notation: 'compact', minimumFractionDigits: 2, maximumFractionDigits: 2});
const NOTHING = 'unavailable';
const MINUS = '−';

const signed = (text) => text.replace('-', MINUS);

/** A shown value and its exact text; `missing` where there is none. */
function value(text, exact) {
  return {text: signed(text), exact, missing: false};
}

const absent = {text: NOTHING, exact: 'The service gave no value', missing: true};

const isAbsent = (decimal) => decimal === undefined || decimal === null;

export function unavailable() {
  return absent;
}

export function price(decimal) {
  if (isAbsent(decimal)) return absent;
  const n = Math.abs(Number(decimal));
  const digits = n >= 1000 ? 1 : n >= 100 ? 2 : n >= 1 ? 3 : n >= 0.01 ? 5 : 8;
  return value(format(digits).format(Number(decimal)), decimal);
}

export function money(decimal, digits = 2) {
  if (isAbsent(decimal)) return absent;
  return value(format(digits).format(Number(decimal)), decimal);
}

export function compact(decimal) {
  if (isAbsent(decimal)) return absent;
  const n = Number(decimal);
  return value(Math.abs(n) < 100000 ? format(Math.abs(n) < 1000 ? 2 : 0).format(n) : compactFormat.format(n), decimal);
}

export function size(decimal) {
  if (isAbsent(decimal)) return absent;
  const digits = Math.min(8, (decimal.split('.')[1] ?? '').length);
  return value(format(digits).format(Number(decimal)), decimal);
}

export function ratio(decimal) {
  if (isAbsent(decimal)) return absent;
  return value(format(2).format(Math.floor(Number(decimal) * 100) / 100), decimal);
}

export function percent(fraction, digits = 2) {
  if (!Number.isFinite(fraction)) return absent;
  const text = format(digits).format(fraction * 100);
  return value((fraction > 0 ? '+' : '') + text + ' %', String(fraction));
}

export function count(n) {
  return isAbsent(n) ? absent : value(format(0).format(n), String(n));
}

/** Time of day, UTC, from RFC 3339 text. */
export function time(text) {
  return isAbsent(text) ? absent : {text: text.slice(11, 19), exact: text, missing: false};
}

export const millis = (text) => (isAbsent(text) ? NaN : Date.parse(text.slice(0, 23) + 'Z'));

const WORDS = {
  MARGIN_CALL: 'margin call', PRICE_UNAVAILABLE: 'no price', COVERED_BY_FUND: 'covered by fund', CLOSED_OUT: 'closed out',
  FUND_DRAW: 'fund draw', EXTREME_FEAR: 'extreme fear', EXTREME_GREED: 'extreme greed', NEVER_SEEN: 'never seen',
};

/** A name of the interface in words. */
export const words = (name) => WORDS[name] ?? String(name).toLowerCase().replaceAll('_', ' ');
