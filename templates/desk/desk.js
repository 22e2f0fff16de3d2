// The frame around the views: which one is shown, what is loaded, what is at work.
import { el, events, get, Refused, say } from '/page.js';
import tonight from '/tonight.js';
import read from '/read.js';
import choose from '/choose.js';
import add from '/add.js';
import deliver from '/deliver.js';
import content from '/content.js';

const views = {
  tonight: ['Tonight', tonight],
  read: ['Read', read],
  choose: ['Choose', choose],
  add: ['Add', add],
  deliver: ['Approve and deliver', deliver],
  content: ['Content', content],
};
const main = document.getElementById('main');
const desk = { state: { warm: {}, run: { state: 'idle' } }, heard: () => {} };
let leave = () => true;

function where() {
  const [name, ...parts] = location.hash.replace(/^#\//, '').split('/').map(decodeURIComponent);
  return [views[name] ? name : 'tonight', parts];
}

let shown = '';
let turn = 0;
async function show() {
  if (location.hash === '#main') return;
  if (!leave()) {
    history.replaceState(null, '', shown);
    return;
  }
  const [name, parts] = where();
  const mine = ++turn;
  shown = `/${location.hash}`;
  leave = () => true;
  desk.heard = () => {};
  say('');
  const [title, view] = views[name];
  document.title = `${title} – Desk`;
  for (const link of document.querySelectorAll('#nav a')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const page = el('div', { class: `view ${name}` }, el('h1', {}, title), el('p', { class: 'loading' }, 'Loading …'));
  main.replaceChildren(page);
  try {
    desk.state = await get('state');
    const made = await view(parts, desk, (ask) => { leave = ask; });
    if (mine === turn) page.replaceChildren(el('h1', {}, title), ...made.filter(Boolean));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const faults = error.faults.length > 1 ? el('ul', {}, error.faults.map((one) => el('li', {}, `${one.where}: ${one.message}`))) : null;
    if (mine === turn) page.replaceChildren(el('h1', {}, title), el('p', { class: 'wrong' }, faults ? `${error.faults.length} faults in the publication:` : error.message), faults || '');
  }
  warmth();
}

function warmth() {
  const line = document.getElementById('warm');
  const all = Object.entries(desk.state.warm);
  const wrong = all.filter(([, how]) => !['ready', 'loading', 'waiting'].includes(how));
  const left = all.filter(([, how]) => how === 'loading' || how === 'waiting').map(([part]) => part);
  const { run } = desk.state;
  line.textContent = run.state === 'running' ? `At work: ${run.what} …` : wrong.length ? `Cannot load ${wrong[0][0]}: ${wrong[0][1].split('\n')[0]}`
    : left.length ? `Loading ${left.join(', ')} …` : all.length ? 'Prices and second reader are loaded' : '';
  line.classList.toggle('ready', !wrong.length && !left.length && run.state !== 'running');
}

async function listen() {
  for (;;) {
    try {
      for await (const event of events()) {
        if (event.event === 'warm') desk.state.warm[event.part] = event.how;
        if (event.event === 'run') desk.state.run = event.run;
        warmth();
        desk.heard(event);
      }
    } catch (error) {
      if (error instanceof Refused && error.status === 401) return;
    }
    await new Promise((later) => setTimeout(later, 1000));
    try {
      desk.state = await get('state');
      warmth();
      desk.heard({ event: 'run', run: desk.state.run });
    } catch {
      document.getElementById('warm').textContent = 'The desk does not answer.';
    }
  }
}

document.getElementById('nav').append(el('ul', {}, Object.entries(views).map(([key, [words]]) =>
  el('li', {}, el('a', { href: `#/${key}`, 'data-view': key }, words)))));
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', () => show().then(() => main.focus({ preventScroll: true })));
addEventListener('beforeunload', (event) => { if (!leave(true)) event.preventDefault(); });
show();
listen();
