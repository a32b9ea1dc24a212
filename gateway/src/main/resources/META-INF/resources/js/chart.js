// Two small charts on canvas: candles with liquidated notional under them, and a line of a balance.

const probe = document.createElement('span');
probe.hidden = true;
document.body.append(probe);

function colour(name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

function prepare(canvas) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const g = canvas.getContext('2d');
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = '11px system-ui, sans-serif';
  return {g, width, height};
}

/** Round steps for an axis. */
function steps(low, high, wanted) {
  const raw = (high - low) / wanted;
  if (!(raw > 0)) return [low];
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * unit).find((s) => s >= raw);
  const result = [];
  for (let v = Math.ceil(low / step) * step; v <= high; v += step) result.push(v);
  return result;
}

const timeOfDay = (t) => new Date(t).toISOString().slice(11, 19);

function grouped(line, most, bucket) {
  const width = Math.max(1, Math.ceil((line.at(-1).t - line[0].t) / bucket / most)) * bucket;
  const groups = [];
  for (const b of line) {
    const t = Math.floor(b.t / width) * width;
    const last = groups.at(-1);
    if (last && last.t === t) {
      last.h = Math.max(last.h, b.h);
      last.l = Math.min(last.l, b.l);
      last.c = b.c;
    } else {
      groups.push({t, o: b.o, h: b.h, l: b.l, c: b.c});
    }
  }
  return {groups, width};
}

/** Candles of a line of buckets; `hover` is an x on the canvas or undefined. Returns what the hover points at. */
export function drawMarket(canvas, {line, liquidated, bucket, priceText, moneyText, hover}) {
  const {g, width, height} = prepare(canvas);
  if (width < 60 || !line?.length) return undefined;
  const right = 66;
  const bottom = 18;
  const strip = Math.min(64, height * 0.22);
  const plotWidth = width - right;
  const plotHeight = height - bottom - strip - 8;
  const {groups, width: span} = grouped(line, Math.max(12, Math.floor(plotWidth / 7)), bucket);
  const slots = Math.max(30, Math.round((groups.at(-1).t - groups[0].t) / span) + 1);
  const from = groups.at(-1).t - (slots - 1) * span;
  const slot = plotWidth / slots;
  const x = (t) => ((t - from) / span + 0.5) * slot;
  let low = Math.min(...groups.map((b) => b.l));
  let high = Math.max(...groups.map((b) => b.h));
  const air = (high - low) * 0.06 || high * 0.001;
  low -= air;
  high += air;
  const y = (v) => 4 + (1 - (v - low) / (high - low)) * (plotHeight - 4);

  g.strokeStyle = colour('line');
  g.fillStyle = colour('muted');
  g.lineWidth = 1;
  g.textBaseline = 'middle';
  g.textAlign = 'left';
  for (const v of steps(low, high, Math.max(2, plotHeight / 46))) {
    const at = Math.round(y(v)) + 0.5;
    g.beginPath();
    g.moveTo(0, at);
    g.lineTo(plotWidth, at);
    g.stroke();
    g.fillText(priceText(v), plotWidth + 6, at);
  }
  g.textAlign = 'center';
  g.textBaseline = 'bottom';
  const labels = Math.max(1, Math.floor(plotWidth / 110));
  for (let i = 0; i < labels; i++) {
    const t = from + Math.round(((i + 0.5) / labels) * slots) * span;
    g.fillText(timeOfDay(t), x(t), height - 2);
  }

  const up = colour('up');
  const down = colour('down');
  const body = Math.max(1.5, Math.min(9, slot * 0.66));
  for (const b of groups) {
    const rises = b.c >= b.o;
    g.strokeStyle = g.fillStyle = rises ? up : down;
    const at = x(b.t);
    g.beginPath();
    g.moveTo(at, y(b.h));
    g.lineTo(at, y(b.l));
    g.stroke();
    const top = Math.min(y(b.o), y(b.c));
    g.fillRect(at - body / 2, top, body, Math.max(1.2, Math.abs(y(b.o) - y(b.c))));
  }

  const volumes = new Map();
  for (const [t, v] of liquidated) {
    const start = Math.floor(t / span) * span;
    if (start >= from) volumes.set(start, (volumes.get(start) ?? 0) + v);
  }
  const most = Math.max(0, ...volumes.values());
  const floor = height - bottom;
  g.strokeStyle = colour('line');
  g.beginPath();
  g.moveTo(0, floor + 0.5);
  g.lineTo(plotWidth, floor + 0.5);
  g.stroke();
  g.fillStyle = colour('dire');
  for (const [t, v] of volumes) {
    const tall = Math.max(1, (v / most) * (strip - 6));
    g.fillRect(x(t) - body / 2, floor - tall, body, tall);
  }
  if (most > 0) {
    g.textAlign = 'left';
    g.textBaseline = 'middle';
    g.fillText(moneyText(most), plotWidth + 6, floor - strip + 8);
  }

  const last = groups.at(-1);
  const lastY = y(last.c);
  g.setLineDash([3, 3]);
  g.strokeStyle = colour('accent');
  g.beginPath();
  g.moveTo(0, lastY);
  g.lineTo(plotWidth, lastY);
  g.stroke();
  g.setLineDash([]);
  g.fillStyle = colour('accent');
  g.fillRect(plotWidth, lastY - 9, right, 18);
  g.fillStyle = colour('panel');
  g.textAlign = 'left';
  g.textBaseline = 'middle';
  g.fillText(priceText(last.c), plotWidth + 6, lastY);

  if (hover === undefined || hover > plotWidth) return undefined;
  const nearest = groups.reduce((best, b) => (Math.abs(x(b.t) - hover) < Math.abs(x(best.t) - hover) ? b : best));
  g.strokeStyle = colour('muted');
  g.beginPath();
  g.moveTo(x(nearest.t), 0);
  g.lineTo(x(nearest.t), floor);
  g.stroke();
  return {...nearest, liquidated: volumes.get(nearest.t) ?? 0, time: timeOfDay(nearest.t)};
}

/** A balance over time, as steps. */
export function drawBalance(canvas, line, moneyText) {
  const {g, width, height} = prepare(canvas);
  if (width < 40 || line.length < 2) return;
  const right = 58;
  const bottom = 18;
  const plotWidth = width - right;
  const plotHeight = height - bottom;
  const t0 = line[0].t;
  const t1 = Math.max(line.at(-1).t, t0 + 1000);
  let low = Math.min(...line.map((p) => p.v));
  let high = Math.max(...line.map((p) => p.v));
  const air = (high - low) * 0.12 || Math.abs(high) * 0.01 || 1;
  low = low >= 0 ? Math.max(0, low - air) : low - air;
  high += air;
  const x = (t) => ((t - t0) / (t1 - t0)) * plotWidth;
  const y = (v) => 4 + (1 - (v - low) / (high - low)) * (plotHeight - 6);
  g.lineWidth = 1;
  g.strokeStyle = colour('line');
  g.fillStyle = colour('muted');
  g.textBaseline = 'middle';
  g.textAlign = 'left';
  for (const v of steps(low, high, Math.max(2, plotHeight / 40))) {
    const at = Math.round(y(v)) + 0.5;
    g.beginPath();
    g.moveTo(0, at);
    g.lineTo(plotWidth, at);
    g.stroke();
    g.fillText(moneyText(v), plotWidth + 6, at);
  }
  g.textBaseline = 'bottom';
  g.fillText(timeOfDay(t0), 0, height - 2);
  g.textAlign = 'right';
  g.fillText(timeOfDay(t1), plotWidth, height - 2);
  g.beginPath();
  line.forEach((p, i) => {
    if (i === 0) g.moveTo(x(p.t), y(p.v));
    else {
      g.lineTo(x(p.t), y(line[i - 1].v));
      g.lineTo(x(p.t), y(p.v));
    }
  });
  g.lineWidth = 1.8;
  g.strokeStyle = colour('accent');
  g.stroke();
  g.lineTo(x(t1), plotHeight);
  g.lineTo(0, plotHeight);
  g.globalAlpha = 0.1;
  g.fillStyle = colour('accent');
  g.fill();
  g.globalAlpha = 1;
}
