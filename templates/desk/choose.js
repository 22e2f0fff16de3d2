// Choose: for the story, each part that it supplies and each passage, the other true wordings and cases, by the keys 1 to 9.
import { el, get, issueOf, none, post, say, tell } from '/page.js';

const TITLES = { story: 'The story', headline: 'Headline', standfirst: 'Standfirst', lead: 'Lead', 'nut graf': 'Nut graf', 'bottom line': 'Bottom line' };

export default async function choose(parts, desk) {
  const { found, bar } = await issueOf(parts, 'choose');
  if (!found) return [none()];
  const issue = { session: found.session, kind: found.kind };
  const list = el('div', { class: 'places' });
  const frame = el('iframe', { class: 'whole', title: 'The article as readers see it', sandbox: 'allow-same-origin' });
  const back = el('button', { type: 'button' }, 'Take all choices back');
  const state = { issue, list, back, digest: '', at: '' };
  const look = () => { frame.src = `${desk.state.files}${issue.session}/${issue.kind}/article.html?${Date.now()}`; };
  back.addEventListener('click', () => tell(() => post('choose', { ...issue, digest: state.digest })).then((run) => run && say('Writing it as rules and turns have it …')));
  desk.heard = (event) => {
    if (event.event !== 'run') return;
    for (const button of list.querySelectorAll('button')) button.disabled = event.run.state === 'running';
    if (event.run.state === 'failed') say(event.run.error, true);
    if (event.run.state !== 'done') return;
    look();
    const { read } = event.run.result;
    if (read) say(read.error || (read.faults.length ? `${read.faults.length} claims are not proved: ${read.faults[0].what}` : `Written; all ${read.claims.toLocaleString('en-US')} claims are proved.`), Boolean(read.error || read.faults.length));
    tell(() => show(state));
  };
  await show(state);
  look();
  return [bar,
    el('p', { class: 'hint' }, 'All of these are true of the session. Click one, or press its number: the issue is written again with it, and the choice is kept in content/choices/.'),
    el('p', {}, back),
    el('div', { class: 'reading' }, list, el('div', { class: 'beside stays' }, frame))];
}

async function show(state) {
  const told = await get('places', state.issue);
  state.digest = told.digest;
  state.back.hidden = !told.any;
  state.list.replaceChildren(...told.places.map((place) => placed(place, state)));
  const again = state.at && [...state.list.children].find((one) => one.dataset.at === state.at);
  if (again) (again.querySelector('[aria-pressed=true]') || again.querySelector('button')).focus();
}

function placed(place, state) {
  const at = place.part === place.key ? place.key : place.part + place.options.findIndex((one) => one.now);
  const id = `p-${place.key.replace(/\W+/g, '-')}`;
  const section = el('section', { 'aria-labelledby': id, 'data-at': at });
  const buttons = place.options.map((one, number) => option(one, number, place, state, at));
  const cases = place.options.findIndex((one) => !one.part);
  section.append(el('h2', { id }, TITLES[place.key] || `${place.part}: ${place.fragment.split('/').slice(-2).join('/')}`));
  if (place.key !== 'story' && cases > 0) section.append(...buttons.slice(0, cases), el('h3', {}, 'Other cases, in its place'), ...buttons.slice(cases));
  else section.append(...buttons);
  if (buttons.length === 1) section.append(el('p', { class: 'hint' }, 'Nothing else is true here.'));
  section.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const button = buttons[Number(event.key) - 1];
    if (button && !button.disabled) {
      event.preventDefault();
      button.focus();
      button.click();
    }
  });
  return section;
}

function option(one, number, place, state, at) {
  const told = [one.now ? 'stands there' : null, one.chosen ? 'chosen' : null, one.part ? null : `${one.fragment.split('/').slice(-2).join('/')}, newsworthiness ${one.bits}`].filter(Boolean).join('; ');
  return el('button', {
    type: 'button', class: 'option', 'aria-pressed': String(one.now),
    onclick: () => {
      if (one.now) return;
      const choice = place.key === 'story' ? { part: 'story', fragment: one.fragment }
        : one.part ? { part: place.part, fragment: one.fragment, of: one.part, says: one.says }
          : { part: place.part, fragment: one.fragment, instead: place.fragment };
      Object.assign(state, { at });
      say('Trying it …');
      tell(() => post('choose', { ...state.issue, ...choice, digest: state.digest })).then((run) => run && say('Writing it with your choice …'));
    },
  }, el('kbd', {}, number < 9 ? String(number + 1) : ''), el('span', {}, one.text, told ? el('span', { class: 'hint' }, ` (${told})`) : null));
}
