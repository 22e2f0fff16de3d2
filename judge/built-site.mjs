// A site's address and paths in it; a line for each thing wrong with these pages in a headless Chromium out: axe
// violations, sideways scrolling, errors of scripts, anything asked of another host, anything that is not there.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [base, ...paths] = process.argv.slice(2);
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
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme });
    for (const path of paths) {
      const where = `/${path} at ${width} px, ${scheme}`;
      const page = await context.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(base)) fault(where, `asks for ${request.url()}`);
      });
      page.on('response', (response) => {
        if (response.status() >= 400) fault(where, `${response.url()} answers ${response.status()}`);
      });
      page.on('pageerror', (error) => fault(where, error.message));
      await page.goto(base + path, { waitUntil: 'networkidle' });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fault(where, `scrolls sideways: ${wide} px wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      for (const { id, help, nodes } of violations) fault(where, `axe ${id}: ${help} (${nodes[0].target}, ${nodes.length} in all)`);
      if (path.startsWith('search/') && !(await page.evaluate(() => document.querySelectorAll('#found li').length))) fault(where, 'the search finds nothing');
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
process.exit(faults ? 1 : 0);
