// Read: the real files of an issue beside its sentences; a number shows how it was made, a sentence why it stands.
import { day, el, get, issueOf, none, post, roving, tabs, tell } from '/page.js';

const WIDE = 1200;

export default async function read(parts, desk) {
  const { found, bar } = await issueOf(parts, 'read');
  if (!found) return [none()];
  const issue = await get('issue', { session: found.session, kind: found.kind });
  const files = `${desk.state.files}${found.session}/${found.kind}/`;
  const pane = el('div', { class: 'pane' });
  const why = el('section', { class: 'why', 'aria-live': 'polite', 'aria-label': 'Why it stands' }, el('p', { class: 'hint' }, 'Choose a sentence, in the list or on the page: here stand its rule and its figures.'));
  const list = sentences(issue, (one) => explain(why, found, one));
  const show = { page: () => page(pane, files, WIDE, list), phone: () => page(pane, files, 390, list), mail: () => mail(pane, files, issue),
    pdf: () => pdf(pane, files, issue), posts: () => posts(pane, issue) };
  const names = [['page', 'Desktop'], ['phone', 'Phone']];
  if (issue.files.includes('newsletter.html')) names.push(['mail', 'Mail']);
  if (issue.pages) names.push(['pdf', `PDF, ${issue.pages} pages`]);
  names.push(['posts', 'Posts']);
  const read = el('p', { class: 'hint', 'aria-live': 'polite' });
  const again = el('button', { type: 'button', onclick: () => tell(() => post('reading', { session: found.session, kind: found.kind })) }, 'Check every claim again');
  desk.heard = (event) => {
    if (event.event !== 'run' || !event.run.what.startsWith('reading')) return;
    const told = event.run.result && event.run.result.read;
    again.disabled = event.run.state === 'running';
    read.textContent = event.run.error || (!told ? 'The second reader is at work …' : told.error ? told.error
      : told.faults.length ? `${told.faults.length} claims are not proved: ${told.faults[0].what}` : `All ${told.claims.toLocaleString('en-US')} claims are proved.`);
  };
  const start = matchMedia('(max-width: 700px)').matches ? 'phone' : 'page';
  const made = [
    bar,
    el('div', { class: 'bar' }, tabs('View', names, start, (key) => show[key]()), again, read),
    el('div', { class: 'reading' }, pane, el('div', { class: 'beside' }, el('h2', {}, `Sentences of ${day(found.session)}`), list.element, why)),
  ];
  requestAnimationFrame(() => show[start]());
  return made;
}

function sentences(issue, chosen) {
  const buttons = [];
  const element = el('div', { class: 'sentences' });
  let part = '';
  for (const one of issue.lines) {
    if (one.part !== part) element.append(el('h3', {}, one.part));
    ({ part } = one);
    const button = el('button', {
      type: 'button', class: 'sentence', 'aria-pressed': 'false',
      onclick: () => {
        for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
        chosen(one);
        mark(element.frame, one.text);
      },
    }, one.text);
    buttons.push(button);
    element.append(button);
  }
  roving(element, '.sentence');
  return { element, choose: (text) => { const at = issue.lines.findIndex((one) => one.text === text); if (at >= 0) { buttons[at].click(); buttons[at].scrollIntoView({ block: 'nearest' }); } }, lines: issue.lines };
}

function page(pane, files, width, list) {
  const frame = el('iframe', { title: 'The article as readers see it', sandbox: 'allow-same-origin', src: `${files}article.html` });
  const holder = el('div', { class: 'holder' }, frame);
  pane.replaceChildren(holder);
  list.element.frame = frame;
  const room = pane.clientWidth;
  const scale = Math.min(1, room / width);
  frame.style.width = `${width}px`;
  frame.style.transform = `scale(${scale})`;
  holder.style.width = `${width * scale}px`;
  frame.addEventListener('load', () => {
    frame.style.height = `${holder.clientHeight / scale}px`;
    frame.contentDocument.addEventListener('click', (event) => {
      const text = sentenceAt(frame.contentDocument, event, list.lines);
      if (text) list.choose(text);
    });
  });
}

/** The texts of a block without its derivations. */
function texts(block) {
  const walker = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
    (node.parentElement.closest('.why') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

function sentenceAt(doc, event, lines) {
  const block = event.target.closest('h1, h2, h3, p, li');
  const caret = doc.caretPositionFromPoint ? doc.caretPositionFromPoint(event.clientX, event.clientY)
    : doc.caretRangeFromPoint && doc.caretRangeFromPoint(event.clientX, event.clientY);
  if (!block || !caret) return undefined;
  const node = caret.offsetNode || caret.startContainer;
  let text = '';
  let at = 0;
  for (const one of texts(block)) {
    if (one === node) at = text.length + (caret.offset ?? caret.startOffset);
    text += one.data;
  }
  const found = lines.filter((one) => text.includes(one.text));
  const hit = found.find((one) => { const start = text.indexOf(one.text); return start <= at && at <= start + one.text.length; });
  return (hit || found[0] || {}).text;
}

/** Selects the sentence on the page, so that the eye finds it. */
function mark(frame, sentence) {
  const doc = frame && frame.isConnected && frame.contentDocument;
  if (!doc) return;
  for (const block of doc.querySelectorAll('h1, h2, h3, p, li')) {
    const nodes = texts(block);
    const start = nodes.map((one) => one.data).join('').indexOf(sentence);
    if (start < 0) continue;
    const [from, to] = [start, start + sentence.length].map((offset) => place(nodes, offset));
    const range = doc.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    show(doc, range);
    block.scrollIntoView({ block: 'center' });
    return;
  }
}

/** Marks a range in colours of its own, light or dark; where a browser knows no highlights, it is selected. */
function show(doc, range) {
  const view = doc.defaultView;
  if (!view.Highlight) {
    doc.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    return;
  }
  if (!view.CSS.highlights.has('chosen')) {
    doc.head.append(Object.assign(doc.createElement('style'), { textContent: '::highlight(chosen) { background: #ffdf6b; color: #1d2126; }' }));
  }
  view.CSS.highlights.set('chosen', new view.Highlight(range));
}

function place(nodes, offset) {
  let left = offset;
  for (const one of nodes) {
    if (left <= one.data.length) return [one, left];
    left -= one.data.length;
  }
  const last = nodes[nodes.length - 1];
  return [last, last.data.length];
}

function mail(pane, files, issue) {
  pane.replaceChildren(el('dl', {}, el('dt', {}, 'Subject'), el('dd', {}, issue.subject), el('dt', {}, 'Preheader'), el('dd', {}, issue.preheader || 'none')),
    el('p', { class: 'hint' }, 'The chart is fetched from the site once that is delivered; it is not shown here.'),
    el('iframe', { class: 'whole', title: 'The newsletter', sandbox: 'allow-same-origin', src: `${files}newsletter.html` }));
}

function pdf(pane, files, issue) {
  pane.replaceChildren(el('p', {}, el('a', { href: `${files}article.pdf`, target: '_blank', rel: 'noopener' }, `Open the PDF (${issue.pages} pages) in a window of its own`)),
    el('iframe', { class: 'whole', title: 'The PDF', src: `${files}article.pdf` }));
}

function posts(pane, issue) {
  pane.replaceChildren(...issue.posts.map((file) => el('section', { class: 'posts' }, el('h2', {}, `${file.network}: ${file.file}`),
    file.posts.map((one, number) => el('figure', {}, el('blockquote', { class: 'post' }, one.text),
      el('figcaption', { class: one.count > file.limit ? 'wrong' : 'hint' }, `${file.posts.length > 1 ? `${number + 1} of ${file.posts.length}: ` : ''}${one.count} of ${file.limit}`))))));
}

async function explain(why, issue, line) {
  const byName = new Map();
  for (const one of line.said.filter((two) => two.why || two.kind !== 'name')) {
    const same = byName.get(one.name);
    byName.set(one.name, same ? { ...same, text: `${same.text}, ${one.text}` } : one);
  }
  const numbers = [...byName.values()];
  const figures = numbers.length ? [el('h3', {}, 'Its figures'), el('dl', { class: 'figures' }, numbers.map((one) => [
    el('dt', {}, one.text), el('dd', {}, one.why || one.kind, el('span', { class: 'hint' }, ` ${one.name}`))]))] : [];
  const rule = el('div', {}, el('p', { class: 'hint' }, line.fragment ? 'Looking for its rule …' : 'A heading of this kind of article; no rule stands behind it.'));
  why.replaceChildren(el('h2', {}, line.text), rule, ...figures, el('p', { class: 'hint' }, line.source));
  if (!line.fragment) return;
  try {
    const told = await get('explain', { session: issue.session, kind: issue.kind, fragment: line.fragment });
    rule.replaceChildren(...ruleOf(line, told));
  } catch (error) {
    rule.replaceChildren(el('p', { class: 'wrong' }, error.message));
  }
}

function ruleOf(line, told) {
  const one = told.spoke;
  const file = line.source.split(':')[0];
  const lines = [el('h3', {}, 'Its rule'), el('p', {}, el('a', { href: `#/content/${encodeURIComponent(file)}` }, line.fragment))];
  if (!one) return [...lines, el('p', { class: 'wrong' }, 'The publication has no such fragment any more.')];
  if (!one.when) lines.push(el('p', {}, 'It has no rule: what it says is always true.'));
  else lines.push(el('p', { class: 'rule' }, one.when), el('h3', {}, 'How far from flipping'), el('ul', {}, one.distances.map((words) => el('li', {}, words))));
  const { standing } = one;
  lines.push(el('p', { class: 'hint' }, `Newsworthiness ${standing.surprisal.toFixed(1)}: its rule held ${standing.times_before} times before${standing.last_time ? `, last on ${day(standing.last_time)}` : ''}.`));
  lines.push(...one.followed.map((words) => el('p', { class: 'hint' }, words)));
  lines.push(el('h3', {}, 'Who else could have spoken'));
  lines.push(told.others.length ? el('ul', {}, told.others.map((other) => el('li', {}, other.standing.fragment.split('/').slice(-2).join('/'), el('span', { class: 'hint' }, ` ${other.standing.outcome}`))))
    : el('p', {}, 'Nobody: no other rule of this part held.'));
  lines.push(el('p', { class: 'hint' }, `The rules of ${told.silent} others of this part did not hold.`));
  return lines;
}
