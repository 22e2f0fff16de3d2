// A page in; a line for each thing wrong with it in a headless Chromium out: axe violations, sideways scrolling,
// derivations that leave the window or stay hidden, anything asked of the network.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const address = pathToFileURL(process.argv[2]).href;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
let faults = 0;
function fault(where, text) {
  faults += 1;
  console.log(`${where}: ${text}`);
}

for (const width of [360, 1280]) {
  for (const scheme of ['light', 'dark']) {
    const where = `${width} px, ${scheme}`;
    // bypassCSP is of no concern to the page; it lets axe be put into it.
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, bypassCSP: true });
    const page = await context.newPage();
    page.on('request', (request) => {
      if (request.url() !== address) fault(where, `asks for ${request.url()}`);
    });
    page.on('pageerror', (error) => fault(where, error.message));
    await page.goto(address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) fault(where, `scrolls sideways: ${wide} px wide`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    for (const { id, help, nodes } of violations) fault(where, `axe ${id}: ${help} (${nodes[0].target}, ${nodes.length} in all)`);
    for (const text of await page.evaluate(derivations)) fault(where, text);
    await context.close();
  }
}
await browser.close();
process.exit(faults ? 1 : 0);

// Runs in the page: focuses each figure in turn and measures what appears.
function derivations() {
  const found = [];
  for (const figure of document.querySelectorAll('data.figure')) {
    figure.focus();
    const box = figure.querySelector('.why').getBoundingClientRect();
    const name = `the derivation of ${figure.firstChild.textContent}`;
    if (!box.width || !box.height) found.push(`${name} does not appear on focus`);
    if (box.left < 0 || box.right > document.documentElement.clientWidth) found.push(`${name} leaves the window`);
  }
  document.activeElement.blur();
  if ([...document.querySelectorAll('.why')].some((why) => why.getBoundingClientRect().width)) found.push('a derivation stays in view');
  return found;
}
