// What every view is made with: elements that hold text alone, requests with the run's token, messages.

const KEY = 'desk-token';
const given = location.hash.slice(1);
if (/^[\w-]{20,}$/.test(given)) {
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, '', '/#/tonight');
}

/** An element; children are elements or text, never markup. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

export class Refused extends Error {
  constructor(status, told) {
    super(told.error || 'The desk does not answer.');
    this.status = status;
    this.faults = told.faults || [];
  }
}

const MOST = 1_000_000;

function asked(method, name, given) {
  const headers = { 'x-desk-token': sessionStorage.getItem(KEY) || '' };
  if (method === 'GET') return [`/api/${name}?${new URLSearchParams(given)}`, { headers }];
  const body = JSON.stringify(given);
  if (new TextEncoder().encode(body).length > MOST) {
    throw new Refused(413, { error: 'That is more than 1,000 kB, which is the most that the desk takes. Nothing is changed.' });
  }
  return [`/api/${name}`, { method, body, headers: { ...headers, 'content-type': 'application/json' } }];
}

async function answered(method, name, given) {
  let answer;
  try {
    answer = await fetch(...asked(method, name, given));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(0, { error: 'The desk does not answer. Is it still running in the terminal?' });
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told);
  return told;
}

export const get = (name, given = {}) => answered('GET', name, given);
export const post = (name, given = {}) => answered('POST', name, given);

/** Events of the desk, one by one; ends when the connection does. */
export async function* events() {
  const answer = await fetch(...asked('GET', 'events', {}));
  if (!answer.ok) throw new Refused(answer.status, await answer.json());
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const parts = rest.split('\n\n');
    rest = parts.pop();
    for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice(6));
  }
}

/** Tells a message to eyes and to screen readers. */
export function say(text, wrong = false) {
  const said = document.getElementById('said');
  said.textContent = text;
  said.classList.toggle('wrong', wrong);
}

/** Does something; what is refused is told, in the desk's own words. */
export async function tell(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message, true);
    return undefined;
  }
}

export function day(iso, long = false) {
  const [year, month, date] = iso.split('-').map(Number);
  const style = long ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat('en-US', { ...style, timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date));
}

export function month(iso) {
  const [year, number] = iso.split('-').map(Number);
  return new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, number - 1, 1));
}

/** Runs `work` once those who ask have paused, never twice at once; what is asked meanwhile is done afterwards. */
export function settled(pause, work) {
  let timer = 0;
  let busy = false;
  let again = false;
  const run = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
      if (again) {
        again = false;
        run();
      }
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, pause);
  };
}

/** A labelled control. */
export function field(label, control, hint) {
  control.id ||= `f-${label.toLowerCase().replace(/\W+/g, '-')}`;
  return el('p', { class: 'field' }, el('label', { for: control.id }, label), control, hint ? el('span', { class: 'hint' }, hint) : null);
}

/** One of a few, by buttons that tell which is pressed. */
export function tabs(label, names, chosen, choose) {
  const group = el('div', { class: 'tabs', role: 'group', 'aria-label': label });
  for (const [key, words] of names) {
    group.append(el('button', {
      type: 'button', 'aria-pressed': String(key === chosen),
      onclick: (event) => {
        for (const one of group.children) one.setAttribute('aria-pressed', String(one === event.currentTarget));
        choose(key);
      },
    }, words));
  }
  return group;
}

/** The arrow keys go through a list of buttons of which one is in the order of Tab. */
export function roving(list, selector) {
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...list.querySelectorAll(selector)];
    const next = all[all.indexOf(document.activeElement) + step];
    if (next) {
      next.focus();
      next.click();
      event.preventDefault();
    }
  });
}

const AT = 'desk-issue';
const ACTS = { read: 'Read it', choose: 'Choose other words', add: 'Add to it', deliver: 'Approve and deliver' };

/** The issue that the address names, or the one last looked at, or the newest; and a bar to choose another and to go on with it. */
export async function issueOf(parts, view) {
  const { issues } = await get('issues');
  const named = (key) => issues.find((one) => `${one.session}/${one.kind}` === key);
  const found = named(parts.join('/')) || named(sessionStorage.getItem(AT)) || issues[0];
  if (!found) return { bar: null };
  const place = `${found.session}/${found.kind}`;
  sessionStorage.setItem(AT, place);
  const picker = el('select', { id: 'issue', onchange: (event) => { location.hash = `#/${view}/${event.target.value}`; } },
    issues.map((one) => el('option', { value: `${one.session}/${one.kind}`, selected: one === found }, `${day(one.session)}, ${one.kind} (${one.state})`)));
  const acts = Object.entries(ACTS).filter(([key]) => key !== view).map(([key, words]) => el('li', {}, el('a', { href: `#/${key}/${place}` }, words)));
  return { found, bar: el('div', { class: 'bar' }, field('Issue', picker), el('ul', { class: 'acts', 'aria-label': 'With this issue' }, acts)) };
}

export const none = () => el('p', {}, 'No issue is written yet. ', el('a', { href: '#/tonight' }, 'Write one'), '.');
