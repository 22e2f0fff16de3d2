// The address of a desk in it; a line for each thing wrong with its views in a headless Chromium out: what Lighthouse says of
// accessibility and best practices below 100, axe violations, sideways scrolling, errors of scripts, anything asked of another host.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [address] = process.argv.slice(2);
const { origin } = new URL(address);
const views = ['tonight', 'read', 'choose', 'add', 'deliver', 'content', 'content/content%2Fpublication.yaml'];
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
let faults = 0;
function fault(where, text) {
  faults += 1;
  console.log(`${where}: ${text}`);
}

const page = await browser.newPage();
await page.goto(address);
await page.waitForSelector('#warm.ready', { timeout: 120_000 });

for (const view of views) {
  const flags = { onlyCategories: ['accessibility', 'best-practices'], output: 'json', disableStorageReset: true, logLevel: 'silent' };
  const { lhr } = await lighthouse(`${origin}/#/${view}`, flags, undefined, page);
  for (const { id, score } of Object.values(lhr.categories)) {
    if (score === 1) continue;
    fault(`${view}, Lighthouse`, `${id} ${score === null ? 'could not be judged' : Math.round(score * 100)}`);
    const refs = lhr.categories[id].auditRefs.filter((ref) => ref.weight && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1);
    for (const ref of refs) fault(`${view}, Lighthouse`, `${ref.id}: ${lhr.audits[ref.id].title}`);
  }
  if (lhr.runtimeError) fault(`${view}, Lighthouse`, lhr.runtimeError.message);
}
await page.close();

for (const width of [360, 768, 1280]) {
  for (const scheme of ['light', 'dark']) {
    const looked = await browser.newPage();
    await looked.setViewport({ width, height: 900 });
    await looked.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    looked.on('pageerror', (error) => fault(`${width} px, ${scheme}`, error.message));
    looked.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) fault(`${width} px, ${scheme}`, `asks for ${request.url()}`);
    });
    await looked.goto(address);
    for (const view of views) {
      const where = `${view} at ${width} px, ${scheme}`;
      await looked.evaluate((hash) => { location.hash = hash; }, `#/${view}`);
      await looked.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.view > .loading'), { timeout: 60_000 });
      await new Promise((later) => { setTimeout(later, 500); });
      const wide = await looked.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fault(where, `scrolls sideways: ${wide} px wide`);
      await looked.evaluate(axe);
      const found = await looked.evaluate(() => window.axe.run(document).then((told) => told.violations.map((one) => `${one.id}: ${one.help} (${one.nodes[0].target})`)));
      for (const one of found) fault(where, `axe ${one}`);
    }
    await looked.close();
  }
}
await browser.close();
process.exit(faults ? 1 : 0);
