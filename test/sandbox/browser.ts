import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { Emulator, EmulatorOptions } from '../../src/index.ts';

const root = join(__dirname, '../..');
const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** @throws {Error} with a remedy when there is no browser. */
function findChromium(): string {
  const given = process.env.CHROMIUM;
  const found = given === undefined ? usualPaths.find((path) => existsSync(path)) : given;
  if (found !== undefined && existsSync(found)) return found;
  const where = given === undefined ? usualPaths.join(', ') : `${given}, which CHROMIUM names`;
  throw new Error(
    `There is no Chromium at ${where}: install it (apt-get install chromium), or name one with CHROMIUM.`,
  );
}

/** The built emulator, with the page. @throws {Error} with a remedy when it is not built. */
export function start(options: EmulatorOptions = {}): Promise<Emulator> {
  if (!existsSync(join(root, 'dist/sandbox/app.js'))) throw new Error('There is no build: run `npm run build` first.');
  const built: typeof import('../../src/index.ts') = require(join(root, 'dist/index.cjs'));
  return built.startEmulator({ seed: 'sandbox', now: '2017-07-10T09:30:00Z', ...options });
}

let browser: Promise<Browser> | undefined;

/** Opens a page in the browser that all tests of a file share. */
export async function open(emulator: Emulator, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.launch({
    executablePath: findChromium(),
    // Root, as in containers, cannot start Chromium otherwise.
    args: ['--no-sandbox', '--force-color-profile=srgb', '--disable-lcd-text'],
  });
  const context = await (await browser).newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Fail a missing element with its name, before the time limit of the whole test.
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await slowDown(page);
  const opened = new OpenPage(page, emulator);
  await opened.visit();
  return opened;
}

/** With SLOW=6, slows the page down six times and delays answers, which reveals tests with a race. */
export const slowness = Math.max(1, Number(process.env.SLOW ?? 1));

async function slowDown(page: Page): Promise<void> {
  if (slowness === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const pause = () => sleep(Math.random() * slowness * 20);
  await page.route(/\/__emulator\/(?!events)/, async (route) => {
    try {
      await pause();
      const response = await route.fetch();
      // Events may arrive before the answer.
      await pause();
      await route.fulfill({ response });
    } catch {
      // The emulator or the page is closed.
      await route.abort().catch(() => undefined);
    }
  });
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** An emulator and its page, which all tests of a file share. */
export function useSandbox(options?: EmulatorOptions): { readonly emulator: Emulator; readonly sandbox: OpenPage } {
  let sandbox: OpenPage;
  beforeAll(async () => {
    sandbox = await open(await start(options));
  });
  afterAll(async () => {
    await closeBrowser();
    await sandbox?.emulator.close();
  });
  return {
    get emulator() {
      return sandbox.emulator;
    },
    get sandbox() {
      return sandbox;
    },
  };
}

/** The sandbox page in a browser, with its requests and its errors. */
export class OpenPage {
  readonly page: Page;
  readonly emulator: Emulator;
  readonly urls: string[] = [];
  readonly complaints: string[] = [];

  constructor(page: Page, emulator: Emulator) {
    this.page = page;
    this.emulator = emulator;
    page.on('request', (request) => this.urls.push(request.url()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // Error answers and dropped connections are part of the tests.
      if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
  }

  /** Opens the page, and waits until it is connected and has loaded its first data. */
  async visit(): Promise<void> {
    // The last of that data are the callers; with them the page fills in the console.
    const [begun] = await Promise.all([
      this.page.waitForResponse(/\/__emulator\/users\?organization=\d+&where=active/),
      this.page.goto(`${this.emulator.url}/__emulator/`),
    ]);
    await begun.finished();
    await this.page.getByText('Live', { exact: true }).waitFor();
    await this.page.getByLabel('Operation').waitFor();
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: true });
  }

  tab(name: string) {
    return this.page.getByRole('tab', { name });
  }

  /** The rows of the journal, the newest first. */
  get requests() {
    return this.page.getByRole('listbox', { name: 'Requests, the newest first' }).getByRole('option');
  }

  get tree() {
    return this.page.getByRole('tree');
  }

  get answer() {
    return this.page.getByRole('region', { name: 'Response', exact: true });
  }

  /** Selects an operation, sends it and waits for the answer. */
  async send(operation: string, fill: () => Promise<unknown> = async () => undefined): Promise<void> {
    await this.page.getByLabel('Operation').selectOption(operation);
    await fill();
    await this.button('Send').click();
  }

  /** Resets the emulator, and waits until the page has checked that the chosen records still exist. */
  async reset(): Promise<void> {
    const looked = this.page.waitForResponse((response) =>
      /\/__emulator\/users\?account=\d+&where=id/.test(response.url()),
    );
    await this.emulator.reset();
    await (await looked).finished();
  }

  /** The text that a button copies. */
  async copied(name: string): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
    // An open sheet has buttons of the same names as the page below it.
    await this.button(name).last().click();
    // Not waitForFunction, which accepts any promise as true.
    for (const end = Date.now() + 20_000; Date.now() < end; await this.page.waitForTimeout(20)) {
      const text = await this.page.evaluate(() => navigator.clipboard.readText());
      if (text !== '') return text;
    }
    throw new Error(`'${name}' has copied nothing`);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
