import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line of JSON that a script can read. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { suite: 'web', files: modules.length, passed: 0, failed: 0, skipped: 0, brokenFiles: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) counts.brokenFiles++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed++;
        else if (state === 'failed') counts.failed++;
        else counts.skipped++;
      }
    }
    process.stdout.write(`${JSON.stringify(counts)}\n`);
  }
}
