// Content: a file of fragments with its faults as one types, and what it would have said over all of history.
import { day, el, field, get, post, roving, say, settled, tell } from '/page.js';

const PAUSE = 700;
let sought = '';

export default async function content(parts, desk, leaving) {
  const files = await get('files');
  const list = el('ul', { class: 'files', 'aria-label': 'Files' });
  const search = el('input', { type: 'search', id: 'search', value: sought, oninput: () => fill() });
  const editor = el('div', { class: 'editor' }, el('p', { class: 'hint' }, 'Choose a file.'));
  const wanted = parts.join('/');
  const fill = () => {
    sought = search.value;
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
    const found = files.filter((one) => words.every((word) => `${one.path} ${one.fragments.join(' ')}`.toLowerCase().includes(word)));
    list.replaceChildren(...found.slice(0, 80).map((one) => el('li', {}, el('a', {
      href: `#/content/${encodeURIComponent(one.path)}`, 'aria-current': one.path === wanted ? 'page' : null }, one.path.replace(/^content\//, ''),
    el('span', { class: 'hint' }, one.fragments.length > 1 ? ` ${one.fragments.length} cases` : '')))));
    if (found.length > 80) list.append(el('li', { class: 'hint' }, `and ${found.length - 80} more: search for one`));
  };
  fill();
  roving(list, 'a');
  const kinds = files.map((one) => /^content\/kinds\/([\w-]+)\.yaml$/.exec(one.path)).filter(Boolean).map((found) => found[1]);
  if (wanted) await open(editor, wanted, kinds, leaving);
  requestAnimationFrame(() => { const now = list.querySelector('[aria-current]'); if (now) list.scrollTop = now.offsetTop - list.offsetTop - 40; });
  return [el('div', { class: 'reading' }, el('div', { class: 'beside' }, field('Search files', search), list), editor)];
}

async function open(editor, path, kinds, leaving) {
  let held = await get('file', { path });
  const text = el('textarea', { id: 'text', spellcheck: 'true', rows: 24, wrap: 'soft' });
  text.value = held.text;
  const kind = el('select', { id: 'kind' }, ownFirst(path, kinds).map((one) => el('option', { value: one }, one)));
  const found = el('div', { class: 'found', 'aria-live': 'polite' });
  const saved = el('button', { type: 'button', class: 'main' }, 'Save');
  const changed = () => text.value !== held.text;
  leaving((closing) => !changed() || (closing !== true && confirm('Leave without saving what you changed?')));
  const check = settled(PAUSE, async () => {
    found.replaceChildren(el('p', { class: 'hint' }, 'Checking …'));
    const told = await tell(() => post('attempt', { path, text: text.value, kind: kind.value }));
    if (told) found.replaceChildren(...results(told, text));
  });
  const later = () => {
    check();
    saved.disabled = !changed();
  };
  text.addEventListener('input', later);
  kind.addEventListener('change', check);
  saved.disabled = true;
  const save = () => tell(async () => {
    if (!changed()) return;
    try {
      held = await post('save', { path, text: text.value, digest: held.digest });
      saved.disabled = true;
      say(`${path} is saved.`);
    } catch (error) {
      if (error.status === 409) found.replaceChildren(await collision(error, path, text, (theirs) => { held = theirs; later(); }));
      throw error;
    }
  });
  saved.addEventListener('click', save);
  text.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      save();
    }
  });
  editor.replaceChildren(el('h2', {}, path), field('Text', text, 'Ctrl+S saves. Checked as you type; numbers come from figures alone.'),
    el('div', { class: 'bar' }, field('Try it in', kind), el('p', {}, saved)), found);
  check();
}

function ownFirst(path, kinds) {
  const folder = path.split('/')[1];
  return [...kinds].sort((one, other) => (other === folder) - (one === folder));
}

async function collision(error, path, text, take) {
  const theirs = await get('file', { path });
  const box = el('div', { class: 'wrong' }, el('p', {}, error.message), el('h3', {}, 'What stands there now'), el('pre', {}, theirs.text),
    el('p', {}, el('button', { type: 'button', onclick: () => { take(theirs); say('Saving now replaces their text.'); } }, 'Keep mine: the next save replaces theirs'), ' ',
      el('button', { type: 'button', onclick: () => { text.value = theirs.text; take(theirs); say('Their text is in the editor.'); } }, 'Take theirs')));
  return box;
}

function results(told, text) {
  if (told.faults.length) {
    return [el('h3', {}, `${told.faults.length} fault${told.faults.length === 1 ? '' : 's'}`),
      el('ul', { class: 'faults' }, told.faults.map((one) => el('li', {}, el('button', { type: 'button', onclick: () => go(text, one.where) }, one.where.split(':')[1] ? `Line ${one.where.split(':')[1]}` : 'The file'), ` ${one.message}`)))];
  }
  const lines = [el('p', { class: 'good' }, 'No fault in this text.')];
  if (told.others) lines.push(el('p', { class: 'hint' }, `Other files have ${told.others}.`));
  return [...lines, ...told.previewed.flatMap(rule)];
}

function go(text, where) {
  const line = Number(where.split(':')[1]) || 1;
  const lines = text.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] || '').length);
}

function rule(one) {
  const share = one.sessions ? ((100 * one.held) / one.sessions).toFixed(1) : '0';
  const head = [el('h3', {}, one.fragment), el('p', { class: 'rule' }, one.rule || 'always'),
    el('p', {}, `Held on ${one.held.toLocaleString('en-US')} of ${one.sessions.toLocaleString('en-US')} sessions (${share}%), ${day(one.first)} to ${day(one.last)}.`)];
  if (!one.held) return [...head, el('p', {}, one.nearest ? `Nearest on ${day(one.nearest)}:` : 'A figure of it was always absent.'), el('ul', {}, one.distances.map((words) => el('li', {}, words)))];
  return [...head, calendar(one), ...one.days.map(shownDay)];
}

function shownDay(one) {
  return el('details', {}, el('summary', {}, `${day(one.session)}: ${one.headline}`), el('p', { class: 'hint' }, one.outcome),
    el('ul', {}, one.wordings.filter((two) => two.text).map((two) => el('li', {}, el('b', {}, two.part), ' ', two.text, two.in_turn ? el('span', { class: 'hint' }, ' its turn') : ''))));
}

/** A row for each year, a mark for each session on which the rule held; and the same as numbers. */
function calendar(one) {
  const years = new Map();
  for (let year = Number(one.first.slice(0, 4)); year <= Number(one.last.slice(0, 4)); year += 1) years.set(year, []);
  for (const iso of one.on) years.get(Number(iso.slice(0, 4))).push(iso);
  const NS = 'http://www.w3.org/2000/svg';
  const [left, width, high] = [34, 366, 7];
  const drawing = document.createElementNS(NS, 'svg');
  drawing.setAttribute('viewBox', `0 0 ${left + width} ${years.size * high + 2}`);
  drawing.setAttribute('class', 'calendar');
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', `The sessions on which the rule held, year by year; the table below has the numbers.`);
  [...years].forEach(([year, days], row) => {
    if (year % 5 === 0) {
      const label = document.createElementNS(NS, 'text');
      label.setAttribute('x', 0);
      label.setAttribute('y', row * high + high);
      label.textContent = year;
      drawing.append(label);
    }
    const path = document.createElementNS(NS, 'path');
    path.setAttribute('d', days.map((iso) => `M${left + (Date.parse(iso) - Date.UTC(year, 0, 1)) / 864e5} ${row * high + 1}v${high - 2}`).join(''));
    drawing.append(path);
  });
  const table = el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Year'), el('th', { scope: 'col' }, 'Sessions'))),
    el('tbody', {}, [...years].filter(([, days]) => days.length).reverse().map(([year, days]) => el('tr', {}, el('td', {}, String(year)), el('td', {}, String(days.length))))));
  return el('div', {}, drawing, el('details', {}, el('summary', {}, 'By year'), table));
}
