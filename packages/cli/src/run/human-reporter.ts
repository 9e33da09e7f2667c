import {
  type Copy,
  isFine,
  type NodeResult,
  type RunEvent,
  type RunResult,
  type TestResult,
  type UnitTestResult,
} from '@matinee/core';
import { LiveLine } from '../output/live-line.js';
import { formatBytes, formatSeconds, plural } from '../output/numbers.js';
import {
  type LineParts,
  type LineStatus,
  type LineStyle,
  nodeLine,
  runLine,
  testLine,
} from '../output/run-lines.js';
import type { Terminal } from '../output/terminal.js';
import { relativeTo } from '../output/to-json.js';
import { waitingText } from './open-warehouse.js';
import type { Reporter } from './reporter.js';
import { RunningNodes } from './running-nodes.js';
import { StoreText } from './store-text.js';

export interface HumanReporterOptions {
  readonly terminal: Terminal;
  readonly root: string;
  /** `schema.name` of a node. */
  readonly nameOf: (node: string) => string;
  /** How wide names are in the lines of a command's run. */
  readonly nameWidthOf: (command: string) => number;
  readonly now: () => Date;
  /** Prints what is to be read when the run is over. */
  readonly report: (result: RunResult, print: (line: string) => void) => Promise<void>;
}

/** Lines for people: one when a node starts, one when it is published, and whatever needs attention. */
export class HumanReporter implements Reporter {
  readonly #options: HumanReporterOptions;
  readonly #live: LiveLine;
  readonly #running: RunningNodes;
  readonly #store: StoreText;
  #style: LineStyle;
  #total = 0;
  #testsOnly = false;
  #testsDone = 0;
  #nodesDone = 0;
  #interrupted = false;
  #copying: string | undefined;

  constructor(options: HumanReporterOptions) {
    const { terminal, now } = options;
    this.#options = options;
    const seconds = () => performance.now() / 1000;
    this.#running = new RunningNodes(options.nameOf, seconds);
    this.#store = new StoreText(seconds);
    this.#style = { colors: terminal.colors, total: 0, nameWidth: 0, now };
    this.#live = new LiveLine({
      terminal,
      describe: () => this.#describe(),
      heartbeat: (text) => this.#print('…', { name: text }),
    });
    this.#live.start();
  }

  event(event: RunEvent): void {
    switch (event.type) {
      case 'waiting':
        this.#print('WAIT', { name: waitingText(event.holder, event.place, this.#options.root) });
        break;
      case 'warning':
        this.#print('WARN', { name: this.#options.terminal.colors.yellow(event.message) });
        break;
      case 'run_started':
        this.#begin(event);
        break;
      case 'node_started':
        this.#running.start(event.node, event.materialized);
        this.#print('START', {
          index: event.index,
          name: this.#options.nameOf(event.node),
          kind: event.materialized,
        });
        break;
      case 'survey_progress':
        this.#store.survey(event.progress);
        break;
      case 'store_retry':
        this.#store.retry(event.retry);
        break;
      case 'load_progress':
        this.#store.goesOn();
        this.#running.progress(event.progress);
        break;
      case 'test_finished':
      case 'unit_test_finished':
        this.#test(event.result);
        break;
      case 'node_finished':
        this.#finishNode(event.result, event.index);
        break;
      case 'freshness':
      case 'run_finished':
    }
  }

  interrupting(): void {
    this.#interrupted = true;
    this.#live.print(
      this.#options.terminal.colors.yellow('interrupted, rolling back… (once more to stop at once)'),
    );
  }

  async finish(result: RunResult): Promise<void> {
    this.#live.stop();
    await this.#options.report(result, (line) => this.#options.terminal.out(line));
  }

  copying(path: string): void {
    this.#copying = relativeTo(this.#options.root, path);
    this.#live.start();
  }

  copied(path: string, { bytes, seconds }: Copy): void {
    this.#live.stop();
    const { terminal, root } = this.#options;
    const size = terminal.colors.dim(`${formatBytes(bytes)} in ${formatSeconds(seconds)}`);
    terminal.out(`published  ${relativeTo(root, path)}  ${size}`);
  }

  close(): void {
    this.#live.stop();
  }

  #begin({ command, nodes, tests, place }: RunEvent & { type: 'run_started' }): void {
    const { terminal, root, nameWidthOf } = this.#options;
    this.#store.surveyed();
    this.#testsOnly = command === 'test';
    this.#total = this.#testsOnly ? tests : nodes;
    this.#style = { ...this.#style, total: this.#total, nameWidth: nameWidthOf(command) };
    const what = this.#testsOnly
      ? plural(tests, 'test')
      : `${plural(nodes, 'node')}, ${plural(tests, 'test')}`;
    this.#live.print(terminal.colors.dim(`${what} in ${relativeTo(root, place)}`));
    if (!this.#testsOnly && nodes === 0) {
      this.#live.print(
        terminal.colors.yellow(`Nothing to do: nothing that is selected is built by matinee ${command}.`),
      );
    }
  }

  #finishNode(result: NodeResult, index: number): void {
    this.#running.finish(result.node);
    this.#nodesDone++;
    // After an interruption everything else is skipped: one line at the end says so.
    if (this.#interrupted && result.status === 'skipped') return;
    this.#live.print(nodeLine(result, index, this.#style));
  }

  #test(result: TestResult | UnitTestResult): void {
    this.#testsDone++;
    const isNoNews = isFine(result.status) || (result.message?.startsWith('not run') ?? false);
    if (isNoNews && !this.#testsOnly) return;
    const index = this.#testsOnly ? this.#testsDone : undefined;
    this.#live.print(testLine(result, index, this.#style));
  }

  #print(status: LineStatus, parts: LineParts): void {
    this.#live.print(runLine(status, parts, this.#style));
  }

  #describe(): string | undefined {
    if (this.#copying !== undefined) return `copying to ${this.#copying}`;
    const store = this.#store.describe();
    if (this.#total === 0) return store;
    const running = this.#running.describe();
    if (running === '' && store === undefined && !this.#testsOnly) return undefined;
    const done = this.#testsOnly ? this.#testsDone : this.#nodesDone;
    const parts = [`${done}/${this.#total} done`, store, running && `running: ${running}`];
    return parts.filter(Boolean).join(', ');
  }
}
