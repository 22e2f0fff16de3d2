// Finds articles by the words of their headline, standfirst and subjects, or by their day. Reads search/index.json, which
// names one file a year, newest first; a file is a list of [day, address, headline, standfirst, subjects].
(() => {
  const form = document.querySelector('form.find');
  const input = document.getElementById('q');
  const told = document.getElementById('told');
  const list = document.getElementById('found');
  const MOST = 50;
  let years = null;
  let asked = 0;

  const plain = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const load = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };
  const year = (one) => (one.articles ??= load(one.file).then((rows) => rows.map((row) => [plain(row.join(' ')), row])));

  function shown([day, address, headline, standfirst, subjects]) {
    const item = document.createElement('li');
    const kicker = item.appendChild(document.createElement('p'));
    kicker.className = 'kicker';
    kicker.textContent = [day, ...(subjects ? [subjects] : [])].join(' · ');
    const link = item.appendChild(document.createElement('h2')).appendChild(document.createElement('a'));
    link.href = address;
    link.textContent = headline;
    const dek = item.appendChild(document.createElement('p'));
    dek.className = 'dek';
    dek.textContent = standfirst;
    return item;
  }

  async function search() {
    const number = (asked += 1);
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    history.replaceState(null, '', words.length ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
    if (!words.length) {
      told.textContent = '';
      list.replaceChildren();
      return;
    }
    const found = [];
    try {
      years ??= (await load(form.dataset.index)).years;
      for (const one of years) {
        for (const [text, row] of await year(one)) if (words.every((word) => text.includes(word))) found.push(row);
        if (number !== asked) return;
        if (found.length >= MOST) break;
      }
    } catch {
      told.textContent = 'The list of articles could not be loaded. Try again later.';
      return;
    }
    if (number !== asked) return;
    list.replaceChildren(...found.slice(0, MOST).map(shown));
    const count = found.length > MOST ? `More than ${MOST} articles; the newest ${MOST} are shown.` : `${found.length} article${found.length === 1 ? '' : 's'}.`;
    told.textContent = found.length ? count : 'Nothing was found.';
  }

  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search();
  });
  input.addEventListener('input', search);
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  if (input.value) search();
})();
