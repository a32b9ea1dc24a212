// The little that this page needs to touch the document cheaply: nothing is written that has not changed.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, v] of Object.entries(attributes)) {
    if (name === 'class') node.className = v;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), v);
    else node.setAttribute(name, v);
  }
  node.append(...children);
  return node;
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setClass(node, name) {
  if (node.className !== name) node.className = name;
}

export function setAttribute(node, name, v) {
  if (node.getAttribute(name) !== v) node.setAttribute(name, v);
}

/** Shows a value of format.js: rounded text, exact text in the tooltip. */
export function setValue(node, shown, extraClass = '') {
  setText(node, shown.text);
  setAttribute(node, 'title', shown.exact);
  node.classList.toggle('na', shown.missing);
  if (node.dataset.tone !== extraClass) {
    if (node.dataset.tone) node.classList.remove(node.dataset.tone);
    if (extraClass) node.classList.add(extraClass);
    node.dataset.tone = extraClass;
  }
}

/** A value of format.js as a new element. */
export function shownAs(tag, shown, attributes = {}) {
  const node = el(tag, {...attributes, title: shown.exact}, shown.text);
  node.classList.toggle('na', shown.missing);
  return node;
}

/** Rows of a table or list that are reused: row i shows item i, surplus rows go away. */
export function rows(parent, items, make, update) {
  while (parent.children.length > items.length) parent.lastElementChild.remove();
  while (parent.children.length < items.length) parent.append(make());
  items.forEach((item, i) => update(parent.children[i], item));
}

const dirty = new Map();
let frame = 0;

/** Draws at the next frame, however often it is asked, and at most every `pause` milliseconds. */
export function drawing(draw, pause = 120) {
  const job = {draw, pause, last: 0};
  return () => {
    dirty.set(job, true);
    if (!frame) frame = requestAnimationFrame(run);
  };
}

function run(now) {
  frame = 0;
  for (const job of [...dirty.keys()]) {
    if (now - job.last >= job.pause) {
      dirty.delete(job);
      job.last = now;
      job.draw();
    }
  }
  if (dirty.size && !frame) frame = requestAnimationFrame(run);
}
