// Add: sentences of one's own, with figures in place of numbers, judged as one types; and what somebody said, with its source.
import { el, field, get, issueOf, none, post, say, settled, tell } from '/page.js';

const PAUSE = 600;
const MOST = 12;

export default async function add(parts, desk, leaving) {
  const { found, bar } = await issueOf(parts, 'add');
  if (!found) return [none()];
  const issue = { session: found.session, kind: found.kind };
  const frame = el('iframe', { class: 'whole', title: 'The article as readers see it', sandbox: 'allow-same-origin' });
  const look = () => { frame.src = `${desk.state.files}${issue.session}/${issue.kind}/article.html?${Date.now()}`; };
  const list = el('div', { class: 'own' });
  const state = { desk, issue, list, rows: [], told: await get('own', issue), changed: false, at: null };
  state.judge = settled(PAUSE, () => judge(state));
  state.keep = el('button', { type: 'button', class: 'main', disabled: true, onclick: () => keep(state) }, 'Keep, and write the issue with them');
  const more = el('button', { type: 'button', onclick: () => { addRow(state, {}); state.rows[state.rows.length - 1].says.focus(); } }, 'Add a sentence');
  for (const one of state.told.sentences) addRow(state, one);
  leaving((closing) => !state.changed || (closing !== true && confirm('Leave without keeping what you wrote?')));
  desk.heard = (event) => {
    if (event.event !== 'run') return;
    free(state);
    if (event.run.state === 'failed') say(event.run.error, true);
    if (event.run.state !== 'done') return;
    look();
    const { read } = event.run.result;
    if (read) say(read.error || (read.faults.length ? `Written; ${read.faults.length} claims are not proved: ${read.faults[0].what}` : `Written; all ${read.claims.toLocaleString('en-US')} claims are proved.`), Boolean(read.error || read.faults.length));
    tell(async () => {
      state.told = await get('own', issue);
      await untold(state);
    });
  };
  if (state.rows.length) judge(state);
  look();
  return [bar,
    el('div', { class: 'reading' }, el('div', {},
      el('section', { 'aria-labelledby': 'h-own' }, el('h2', { id: 'h-own' }, 'Sentences of your own'),
        el('p', { class: 'hint' }, 'Each is checked as you write. Below one that is refused stands what prices bear out, ready to be used. Numbers come from figures alone: find one below and put it in. A claim that no figure proves needs somebody who answers for it by name; the page says so.'),
        list, el('p', {}, more, ' ', state.keep)),
      finder(state), noted(state)),
    el('div', { class: 'beside stays' }, frame))];
}

function addRow(state, one) {
  if (state.rows.length >= MOST) return;
  const number = state.rows.length + 1;
  const part = el('select', { id: `part-${number}` }, state.told.parts.map((name) => el('option', { value: name, selected: name === one.part }, name)));
  const says = el('textarea', { id: `says-${number}`, rows: 3, maxlength: 2000 });
  says.value = one.says || '';
  const by = el('input', { id: `by-${number}`, type: 'text', maxlength: 80, value: one.by || '', autocomplete: 'name' });
  const asserts = el('textarea', { id: `asserts-${number}`, rows: 2 });
  asserts.value = Object.entries(one.asserts || {}).map(([word, rule]) => `${word}: ${rule}`).join('\n');
  const verdict = el('div', { class: 'verdict', 'aria-live': 'polite' });
  const row = { part, says, by, asserts, verdict };
  row.element = el('fieldset', { class: 'row' }, el('legend', {}, `Sentence ${number}`), field('Part of the page', part), field('Sentence', says),
    verdict, el('details', { open: Boolean(one.by || asserts.value) }, el('summary', {}, 'What proves its words, or who answers for them'),
      field('Claim words with their rules', asserts, 'One a line, such as: outpaced: nasdaq_return_1d > dow_return_1d'), field('Answered for by', by)),
    el('p', {}, el('button', { type: 'button', onclick: () => { row.element.remove(); state.rows = state.rows.filter((other) => other !== row); touched(state); } }, 'Take it out')));
  for (const control of [part, says, by, asserts]) control.addEventListener('input', () => touched(state));
  says.addEventListener('focus', () => { state.at = says; });
  state.rows.push(row);
  state.list.append(row.element);
}

/** Nothing is kept while the desk is at work: a refusal would be lost behind what that work tells. */
function free(state) {
  const busy = state.desk.state.run.state === 'running';
  state.keep.disabled = busy || !state.changed;
  for (const button of document.querySelectorAll('#h-note ~ form button')) button.disabled = busy;
}

function touched(state) {
  state.changed = true;
  free(state);
  state.judge();
}

function given(state) {
  return state.rows.filter((row) => row.says.value.trim()).map((row) => ({
    part: row.part.value, says: row.says.value, by: row.by.value,
    asserts: Object.fromEntries(row.asserts.value.split('\n').filter((line) => line.includes(':')).map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()])),
  }));
}

async function judge(state) {
  const rows = state.rows.filter((row) => row.says.value.trim());
  if (!rows.length) return;
  const told = await tell(() => post('judge', { ...state.issue, sentences: given(state) }));
  if (!told) return;
  rows.forEach((row, number) => {
    const { text, faults, truer } = told[number];
    row.verdict.replaceChildren(...(faults.length ? [truer ? instead(state, row, truer) : '', el('ul', { class: 'wrong' }, faults.map((one) => el('li', {}, one)))]
      : [el('p', { class: 'good' }, text || 'Sound; the others have faults.')]));
  });
}

/** What could be said in place of a refused sentence; used by one click where its numbers are figures. */
function instead(state, row, truer) {
  const use = () => {
    row.says.value = truer.says;
    row.says.focus();
    touched(state);
  };
  return el('div', { class: 'truer' },
    ...truer.instead.map((words) => el('p', {}, `The prices say: ${words}.`)),
    truer.text ? el('p', {}, truer.instead.length ? 'True would be: ' : 'Prices bear it out: ', el('b', {}, truer.text), ' ',
      truer.says ? el('button', { type: 'button', onclick: use }, 'Use it, with its figures') : el('span', { class: 'hint' }, 'Its numbers have to be put in from the figures below.')) : '');
}

/** Says so where what somebody said was kept, and the issue does not tell it. */
async function untold(state) {
  const { note } = state;
  state.note = null;
  if (!note) return;
  const { lines } = await get('issue', state.issue);
  if (lines.some((one) => ['outlet', 'quote', 'of', 'company', 'speaker'].some((name) => note[name] && one.text.includes(note[name])))) return;
  say(`It is kept, but this issue does not tell it: no passage of this kind of article tells ${note.about} in these words, or another has its place.`, true);
}

function keep(state) {
  say('Keeping them …');
  tell(async () => {
    await post('keep', { ...state.issue, sentences: given(state), digest: state.told.digest });
    state.changed = false;
    state.keep.disabled = true;
    say('Kept. Writing the issue with them …');
  });
}

/** Figures by their names or what they mean; one is put into the sentence as it is clicked. */
function finder(state) {
  const list = el('ul', { class: 'chips', 'aria-live': 'polite' });
  let timer = 0;
  const search = el('input', { type: 'search', id: 'figure', oninput: () => { clearTimeout(timer); timer = setTimeout(look, 250); } });
  const look = async () => {
    if (search.value.trim().length < 2) return;
    const told = await tell(() => get('figures', { search: search.value, kind: state.issue.kind, session: state.issue.session }));
    if (!told) return;
    list.replaceChildren(...told.figures.map((one) => el('li', {}, el('button', { type: 'button', class: 'chip', onclick: () => put(state, one) }, one.label, el('span', { class: 'hint' }, ` ${one.text ? `${one.text}, ` : ''}${one.name}`)))));
    if (told.of > told.figures.length) list.append(el('li', { class: 'hint' }, `and ${told.of - told.figures.length} more: say more of what you mean`));
    if (!told.of) list.append(el('li', { class: 'hint' }, 'No figure has all these words.'));
  };
  return el('section', { 'aria-labelledby': 'h-figures' }, el('h2', { id: 'h-figures' }, 'Figures'), field('A figure’s name, or what you mean', search), list);
}

function put(state, one) {
  if (!state.at || !state.at.isConnected) {
    if (!state.rows.length) addRow(state, {});
    state.at = state.rows[state.rows.length - 1].says;
  }
  const at = state.at;
  at.setRangeText(`{{ ${one.name}${one.filter ? ` | ${one.filter}` : ''} }}`, at.selectionStart, at.selectionEnd, 'end');
  at.focus();
  touched(state);
}

/** What a note may be about, and the settings that its topic has besides the source; docs/editing.md says what each means. */
const TOPICS = [['why', 'why the market moved', 'speaker role quote says'], ['stock', 'a large share', 'company speaker role quote says'], ['company', 'a small company', 'says'],
  ['next', 'what comes next', 'says'], ['expected', 'what economists had expected', 'of unit forecast actual'], ['odds', 'what futures say of the Fed', 'of tool moment chance above before since'],
  ['before', 'why the market had moved the session before', 'move_of says'], ['statement', 'what a body said, such as the Fed', 'document speaker leading quote says'], ['due', 'a company’s result to come', 'company day']];
const SETTINGS = {
  speaker: ['Speaker'], role: ['Role', 'As “chief strategist at Smith & Co.”'], quote: ['Exact words', 'Without quotation marks.'], says: ['In its words', 'What was reported; they follow the name, as in “put the swing down to hopes of a cut”.'],
  company: ['Company', 'Its name, as “Tesla”.'], of: ['Of what', 'As “consumer prices from the month before”, or “a cut in September”.'], unit: ['Unit', 'change, percent, index or count.'],
  forecast: ['Forecast', '', 'number'], actual: ['What it was', '', 'number'], tool: ['Whose count', 'As “CME’s FedWatch tool”.'], moment: ['When it was so', 'As “by early afternoon”.'], chance: ['Chance in percent', '', 'number'],
  above: ['Or above which percent', '', 'number'], before: ['Chance before', '', 'number'], since: ['When it was that', 'As “a day earlier”.'], move_of: ['Session of the move', '', 'date'],
  document: ['Where the words stand', 'As “the minutes”.'], leading: ['Words that lead to the quotation', 'As “agreed that they were”.'], day: ['Day', '', 'date'],
};

function noted(state) {
  const { issue } = state;
  const text = (id, more = {}) => el('input', { type: 'text', id: `n-${id}`, name: id, maxlength: 500, ...more });
  const rest = el('fieldset', { class: 'row' });
  const ask = () => {
    const names = TOPICS.find(([key]) => key === topic.value)[2].split(' ');
    rest.replaceChildren(el('legend', {}, 'What it says'), ...names.map((name) => {
      const [label, hint, type] = SETTINGS[name];
      return field(label, text(name, type ? { type, step: 'any' } : {}), hint);
    }));
  };
  const topic = el('select', { id: 'n-topic', name: 'topic', onchange: ask }, TOPICS.map(([key, words]) => el('option', { value: key }, words)));
  ask();
  return el('section', { 'aria-labelledby': 'h-note' }, el('h2', { id: 'h-note' }, 'A quotation, or what an outlet reported'),
    el('p', { class: 'hint' }, 'Told with its source; nothing is concluded from it. The article tells one on each subject.'),
    el('form', {
      onsubmit: (event) => {
        event.preventDefault();
        const told = Object.fromEntries([...new FormData(event.target)].filter(([, words]) => words));
        say('Keeping it …');
        tell(async () => {
          state.note = { ...told, about: TOPICS.find(([key]) => key === told.topic)[1] };
          await post('note', { ...issue, ...told });
          event.target.reset();
          ask();
          say('Kept. Writing the issue with it …');
        });
      },
    }, field('About', topic),
    el('fieldset', { class: 'row' }, el('legend', {}, 'Where it stands'), field('Outlet', text('outlet', { required: true }), 'Its name, as “The Gazette”.'), field('Title of the article', text('title', { required: true })),
      field('Web address', text('url', { required: true, type: 'url', maxlength: 2000 })), field('Published', text('published', { type: 'date', value: issue.session, max: issue.session }))),
    rest,
    el('p', {}, el('button', { type: 'submit' }, 'Keep it, and write the issue with it'))));
}
