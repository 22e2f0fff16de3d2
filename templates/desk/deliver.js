// Approve and deliver: a name under the issue as it stands, what delivering would do, and only then the deed.
import { day, el, field, get, issueOf, none, post, say, tell } from '/page.js';

const NAME = 'desk-name';

export default async function deliver(parts, desk) {
  const { found, bar } = await issueOf(parts, 'deliver');
  if (!found) return [none()];
  const approval = el('section', { 'aria-labelledby': 'h-approve' });
  const shown = el('section', { 'aria-labelledby': 'h-dry' });
  const out = el('div', { 'aria-live': 'polite' });
  const page = { issue: found, approval, shown, out, digest: '' };
  await showApproval(page);
  await showDelivery(page);
  desk.heard = (event) => {
    if (event.event !== 'run') return;
    const { run } = event;
    if (run.state === 'failed') out.replaceChildren(el('p', { class: 'wrong' }, run.error));
    if (run.state !== 'done') return;
    tell(() => showApproval(page));
    if (!run.result.lines) return;
    out.replaceChildren(el('h3', {}, run.what), el('pre', {}, run.result.lines.join('\n')), ...(run.result.notices || []).map((one) => el('p', { class: 'note' }, one)));
  };
  return [bar,
    el('div', { class: 'columns' }, approval, el('div', {}, shown, out))];
}

const of = (issue) => ({ session: issue.session, kind: issue.kind });

async function showApproval(page) {
  const { standing } = await get('issue', of(page.issue));
  page.digest = standing.digest;
  const by = el('input', { id: 'by', type: 'text', maxlength: 80, required: true, autocomplete: 'name', value: localStorage.getItem(NAME) || '' });
  const told = standing.approved_by ? el('p', { class: standing.stale ? 'wrong' : 'good' }, standing.stale
    ? `${standing.approved_by} approved another version. It was written again since, so it is not approved.`
    : `Approved by ${standing.approved_by} on ${standing.approved_at.replace('T', ' ').slice(0, 16)} UTC.`) : el('p', {}, 'Nobody has approved it.');
  page.approval.replaceChildren(el('h2', { id: 'h-approve' }, 'Approve'), el('p', { class: 'headline' }, standing.headline),
    el('p', {}, el('span', { class: `state ${standing.state}` }, standing.state)), told,
    el('form', {
      onsubmit: (event) => {
        event.preventDefault();
        say('');
        tell(async () => {
          localStorage.setItem(NAME, by.value);
          await post('approve', { ...of(page.issue), digest: page.digest, by: by.value });
          await showApproval(page);
          say('Approved as it stands.');
        });
      },
    }, field('Your name', by), el('p', {}, el('button', { type: 'submit', class: 'main' }, 'Approve as it stands'))),
    el('p', { class: 'hint' }, `What you approve is this, and nothing that is written later: ${standing.digest.slice(0, 16)} …`),
    standing.corrections.length ? el('div', {}, el('h3', {}, 'Corrections'), el('ul', {}, standing.corrections.map((one) => el('li', {}, one)))) : '');
}

async function showDelivery(page) {
  const names = await get('channels');
  const boxes = names.map((name) => el('input', { type: 'checkbox', value: name, checked: true, id: `c-${name}` }));
  const chosen = () => boxes.filter((one) => one.checked).map((one) => one.value);
  const rehearsal = el('input', { type: 'checkbox', id: 'rehearsal' });
  const live = el('button', { type: 'button', class: 'main', disabled: true }, 'Deliver this');
  const ask = (more) => ({ ...of(page.issue), channels: chosen(), rehearsal: rehearsal.checked, ...more });
  let digest = '';
  const dry = el('button', { type: 'button', onclick: () => tell(async () => {
    const told = await post('deliver', ask({}));
    ({ digest } = told);
    page.out.replaceChildren(el('h3', {}, 'What this would do'), el('pre', {}, told.lines.join('\n')), ...told.notices.map((one) => el('p', { class: 'note' }, one)));
    live.disabled = !told.due;
    say(told.due ? `${told.due} steps are due.` : 'Nothing is due.');
  }) }, 'Show what it would do');
  live.addEventListener('click', () => {
    if (!confirm(`Deliver the issue of ${day(page.issue.session)} on ${chosen().join(', ')}? This cannot be taken back.`)) return;
    live.disabled = true;
    tell(() => post('deliver', ask({ live: true, digest })));
  });
  for (const one of [...boxes, rehearsal]) one.addEventListener('change', () => { live.disabled = true; });
  const site = el('button', { type: 'button', onclick: () => tell(() => post('site')) }, 'Build the site');
  page.shown.replaceChildren(el('h2', { id: 'h-dry' }, 'Deliver'),
    el('p', {}, site, el('span', { class: 'hint' }, ' Puts this and every other issue on the site. One that stands there in other words gets a dated correction.')),
    names.length ? el('fieldset', {}, el('legend', {}, 'On'), boxes.map((one) => el('label', {}, one, ` ${one.value} `)),
      el('label', {}, rehearsal, ' rehearsal of a simulated market, into a folder alone'))
      : el('p', {}, 'Nothing is set to be delivered by mail or network. ', el('a', { href: `#/content/${encodeURIComponent('content/deliveries.yaml')}` }, 'content/deliveries.yaml'), ' sets it, with an example of each.'),
    names.length ? el('p', {}, dry, ' ', live) : '');
}
