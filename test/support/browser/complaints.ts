import type { Page } from 'playwright-core';

/** Reports what the policy of a page has refused; it runs before anything else on each page. */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  window.reportViolation([event.violatedDirective, event.blockedURI, event.sourceFile].join(' ')));`;

/** What a browser says about an answer that is no success, and about a request without an answer; both are recorded by themselves. */
const saidTwice = 'Failed to load resource';

/** Everything that goes wrong in a page that is not supposed to, in the words of a sentence each. */
export class Complaints {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Listens to a page. Call it before the page is opened anywhere. */
  static async of(page: Page): Promise<Complaints> {
    const complaints = new Complaints();
    const note = (complaint: string) => complaints.#found.push(complaint);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !message.text().startsWith(saidTwice))
        note(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => note(`error: ${error.stack ?? error.message}`));
    page.on('crash', () => note('error: the page crashed'));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? 'unknown';
      // Streams and requests of a page that was left.
      if (reason !== 'net::ERR_ABORTED')
        note(`failed ${request.method()} ${pathOf(request.url())} ${reason}`);
    });
    page.on('response', (response) => {
      const request = response.request();
      if (response.status() >= 400)
        note(`${response.status()} ${request.method()} ${pathOf(response.url())}`);
    });
    await page.exposeFunction('reportViolation', (what: string) => note(`policy: ${what}`));
    await page.addInitScript(reportViolations);
    return complaints;
  }

  /** Complaints that are part of the story, also those that were heard already. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** The complaints that nobody has allowed. */
  get unexpected(): string[] {
    return this.#found.filter((complaint) => !this.#allowed.some((one) => one.test(complaint)));
  }
}

function pathOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname;
}
