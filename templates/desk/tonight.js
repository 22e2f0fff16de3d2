// Tonight: what is held, what is missing, one button that writes, and every issue with its state.
import { day, el, field, get, month, post, tell } from '/page.js';

export default async function tonight(parts, desk) {
  const page = el('div', { class: 'columns' });
  const issues = el('section', { 'aria-labelledby': 'h-issues' });
  const held = el('section', { 'aria-labelledby': 'h-held' });
  const progress = el('div', { class: 'progress', 'aria-live': 'polite' });
  const writing = el('section', { 'aria-labelledby': 'h-write' });
  page.append(el('div', {}, writing, held), issues);
  await Promise.all([showTonight(held, writing, progress, desk), showIssues(issues)]);
  const run = (event) => {
    if (event.event === 'warm' && event.part === 'prices' && event.how === 'ready') showTonight(held, writing, progress, desk);
    if (event.event !== 'run') return;
    showRun(progress, event.run);
    for (const button of writing.querySelectorAll('button')) button.disabled = event.run.state === 'running';
    if (event.run.state === 'done') tell(() => showIssues(issues));
  };
  desk.heard = run;
  run({ event: 'run', run: desk.state.run });
  return [page];
}

async function showTonight(held, writing, progress, desk) {
  const told = await get('tonight');
  const rows = [
    ['Publication', told.title],
    ['Prices', told.supplier ? `${told.symbols} symbols from ${told.supplier}` : 'none'],
    ['Sessions', told.last ? `${day(told.first)} to ${day(told.last)}` : 'none'],
    ['Fetched', told.fetched_at ? told.fetched_at.replace('T', ' ').slice(0, 16) + ' UTC' : null],
    ['Missing', told.unheld ? missing(told) : told.last ? 'nothing up to the last completed session' : null],
  ].filter(([, words]) => words);
  held.replaceChildren(
    el('h2', { id: 'h-held' }, 'What is held'),
    told.simulated ? el('p', { class: 'note' }, 'This market is simulated.') : '',
    el('dl', {}, rows.map(([name, words]) => [el('dt', {}, name), el('dd', {}, words)])),
    told.omissions.length ? el('details', {}, el('summary', {}, `${told.omissions.length} symbols are left out`),
      el('ul', {}, told.omissions.map((one) => el('li', {}, `${one.symbol}: ${one.reason}`)))) : '',
    ...told.notices.map((one) => el('p', { class: 'note' }, one)),
  );
  if (!writing.childElementCount) writing.replaceChildren(...form(told, progress, desk));
}

function missing(told) {
  const listed = told.missing.slice(-3).map((one) => day(one)).join('; ');
  const count = `${told.unheld} session${told.unheld === 1 ? '' : 's'} after that`;
  return told.unheld > 3 ? `${count}, the last ${listed}` : `${count}: ${listed}`;
}

function form(told, progress, desk) {
  const kind = el('select', { id: 'kind' }, told.due.map((one) => el('option', { value: one.kind }, `${one.kicker} (${one.kind})`)));
  const session = el('input', { type: 'date', id: 'session' });
  const due = el('p', { class: 'hint', id: 'due' });
  const button = el('button', { type: 'submit', class: 'main' });
  const name = () => { button.textContent = session.value ? `Write the issue of ${day(session.value)}` : 'Write the newest issue'; };
  const choose = () => {
    const one = told.due.find((other) => other.kind === kind.value);
    const chosen = told.asks ? one.session : one.held || one.session;
    session.value = chosen;
    name();
    const late = one.session !== chosen ? ` The last completed session is ${day(one.session)}, of which no prices are held.` : '';
    due.textContent = `Comes out: ${one.appears}.${late}${one.written ? ' It is written already; writing it again replaces it.' : ''}${told.asks ? ' New prices are fetched first.' : ''}`;
  };
  kind.addEventListener('change', choose);
  session.addEventListener('input', name);
  choose();
  const made = el('form', {
    onsubmit: (event) => {
      event.preventDefault();
      tell(async () => {
        button.disabled = true;
        try {
          await post('write', { kind: kind.value, session: session.value || null });
        } catch (error) {
          button.disabled = desk.state.run.state === 'running';
          throw error;
        }
      });
    },
  }, field('Kind', kind), field('Session', session), due, el('p', {}, button));
  return [el('h2', { id: 'h-write' }, 'Write an issue'), made, progress];
}

function showRun(progress, run) {
  if (run.state === 'idle') return;
  const stages = (run.stages || []).map((one) => el('li', { class: one.seconds === null ? 'now' : 'done' },
    el('span', {}, one.name), ' ', el('span', { class: 'hint' }, one.seconds === null ? 'at work …' : `${one.seconds ? one.seconds.toFixed(1) + ' s, ' : ''}${one.did}`)));
  const lines = [el('h3', {}, { running: 'At work: ', done: 'Done: ', failed: 'Failed: ' }[run.state] + run.what), el('ol', {}, stages)];
  if (run.error) lines.push(el('p', { class: 'wrong' }, run.error));
  const { result } = run;
  if (result && result.read) lines.push(read(result.read));
  if (result && result.kind) lines.push(el('p', {}, el('a', { class: 'main', href: `#/read/${result.session}/${result.kind}` }, `Read the issue of ${day(result.session)}`)));
  if (result && result.notices) lines.push(...result.notices.map((one) => el('p', { class: 'note' }, one)));
  progress.replaceChildren(...lines);
}

function read(told) {
  if (told.error) return el('p', { class: 'wrong' }, `The second reader could not read it: ${told.error}`);
  if (!told.faults.length) return el('p', { class: 'good' }, `The second reader proved all ${told.claims.toLocaleString('en-US')} claims.`);
  return el('div', { class: 'wrong' }, el('p', {}, `${told.faults.length} claims are not proved:`),
    el('ul', {}, told.faults.map((one) => el('li', {}, one.what))));
}

async function showIssues(section) {
  const { issues, notices } = await get('issues');
  const months = Map.groupBy ? Map.groupBy(issues, (one) => one.session.slice(0, 7)) : grouped(issues);
  section.replaceChildren(el('h2', { id: 'h-issues' }, 'Issues'));
  if (!issues.length) section.append(el('p', {}, 'None is written yet.'));
  for (const [key, those] of months) section.append(el('h3', {}, month(key)), table(those));
  for (const one of notices) section.append(el('p', { class: 'note' }, one));
}

function grouped(issues) {
  const found = new Map();
  for (const one of issues) found.set(one.session.slice(0, 7), [...(found.get(one.session.slice(0, 7)) || []), one]);
  return found;
}

function table(issues) {
  return el('table', {}, el('thead', {}, el('tr', {}, ['Session', 'Kind', 'Headline', 'State'].map((one) => el('th', { scope: 'col' }, one)))),
    el('tbody', {}, issues.map((one) => el('tr', {},
      el('td', {}, day(one.session)), el('td', {}, one.kind),
      el('td', {}, el('a', { href: `#/read/${one.session}/${one.kind}` }, one.headline || 'cannot be read')),
      el('td', {}, el('span', { class: `state ${one.state}` }, one.state), one.stale ? ' changed since it was approved' : '',
        one.in_doubt ? ` ${one.in_doubt} in doubt` : '', one.simulated ? ' simulated' : '')))));
}
