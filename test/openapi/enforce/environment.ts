import type { Context } from 'node:vm';
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment';
import { makeGlobals, type SharedGlobals } from '../../jest/globals.ts';
import { shareModules } from '../../jest/modules.ts';
import { simplifyStorages } from '../../jest/storages.ts';
import { Watch } from './watch.ts';

/** One for all test files that a process runs: this module is outside of Jest's module system. */
const watch = new Watch();
simplifyStorages();
const forgetModules = shareModules();
let shared: SharedGlobals | undefined;

/** Jest's environment for Node, in which every answer of an emulator is judged by the contract. */
export default class ContractEnvironment implements JestEnvironment {
  readonly #shared: SharedGlobals;
  #isOver = false;

  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    shared ??= makeGlobals(config, context);
    this.#shared = shared;
    const { globalConfig } = config;
    // The sources may change while Jest watches them. It merges the coverage of every file: that of the modules which the
    // file loads itself is much smaller.
    if (globalConfig.watch || globalConfig.watchAll || globalConfig.collectCoverage) forgetModules();
  }

  get global() {
    return this.#shared.environment.global;
  }

  get fakeTimers() {
    return this.#shared.environment.fakeTimers;
  }

  get fakeTimersModern() {
    return this.#shared.environment.fakeTimersModern;
  }

  get moduleMocker() {
    return this.#shared.environment.moduleMocker;
  }

  exportConditions(): string[] {
    return this.#shared.environment.exportConditions();
  }

  getVmContext(): Context | null {
    return this.#isOver ? null : this.#shared.environment.getVmContext();
  }

  async setup(): Promise<void> {
    this.global.takeContractComplaints = () => watch.takeComplaints();
    // Jest sets 100. Every `expect` collects a stack, as every refusal of an emulator does.
    this.global.Error.stackTraceLimit = Error.stackTraceLimit = 20;
  }

  async teardown(): Promise<void> {
    this.#isOver = true;
    watch.save();
    this.#shared.restore();
  }
}
