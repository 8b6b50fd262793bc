import { TestEnvironment } from 'jest-environment-node';
import { shareCompiled } from '../../jest/compiled.ts';
import { disableStorages, watchStorages } from '../../jest/storages.ts';
import { Watch } from './watch.ts';

/** One for all test files that a process runs: this module is outside of Jest's module system. */
const watch = new Watch();
watchStorages();
shareCompiled();

/** Jest's environment for Node, in which every answer of an emulator is judged by the contract. */
export default class ContractEnvironment extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.takeContractComplaints = () => watch.takeComplaints();
  }

  override async teardown(): Promise<void> {
    watch.save();
    disableStorages();
    await super.teardown();
  }
}
