import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { root, run } from './install.ts';

/** What the Dockerfile says of a container, once its steps have been taken in a folder in place of an image. */
export interface Image {
  /** Where a path of the image is on this machine. */
  at(path: string): string;
  readonly workdir: string;
  readonly env: Record<string, string>;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

/**
 * Takes the steps of the Dockerfile by script, each stage in a folder of its own. What a step does to the
 * owner of a file is left out: the stage has no users of its own.
 */
export function buildImage(folder: string): Image {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const step of DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions()) {
    if (step.getKeyword() === 'FROM') {
      const name = / AS (\w+)$/.exec(step.getArgumentsContent() ?? '')?.[1] ?? 'image';
      stage = new Stage(join(folder, name), stages);
      stages.set(name, stage);
    } else stage?.take(step);
  }
  if (stage === undefined) throw new Error('the Dockerfile has no stage');
  return stage;
}

class Stage implements Image {
  workdir = '/';
  readonly env: Record<string, string> = {};
  entrypoint: string[] = [];
  healthcheck: string[] = [];
  readonly #root: string;
  readonly #stages: ReadonlyMap<string, Stage>;

  constructor(folder: string, stages: ReadonlyMap<string, Stage>) {
    this.#root = folder;
    this.#stages = stages;
  }

  at(path: string): string {
    return path.startsWith('/') ? join(this.#root, path) : join(this.#root, this.workdir, path);
  }

  take(step: Instruction): void {
    const text = step.getArgumentsContent() ?? '';
    const words = step.getArguments().map(String);
    switch (step.getKeyword()) {
      case 'WORKDIR':
        this.workdir = text;
        mkdirSync(this.at(text), { recursive: true });
        break;
      case 'COPY':
        this.#copy(words, /--from=(\w+)/.exec(step.toString())?.[1]);
        break;
      case 'RUN':
        this.#run(text);
        break;
      case 'ENV':
        for (const word of words) this.env[word.split('=')[0] ?? ''] = word.split('=')[1] ?? '';
        break;
      case 'ENTRYPOINT':
        this.entrypoint = stringsOf(text);
        break;
      case 'HEALTHCHECK':
        this.healthcheck = stringsOf(text.slice(text.indexOf('[')));
        break;
      case 'EXPOSE':
      case 'LABEL':
      case 'USER':
      case 'VOLUME':
        break;
      default:
        throw new Error(`the test does not know what ${step.getKeyword()} does`);
    }
  }

  #copy(words: string[], from: string | undefined): void {
    const [to = '', ...sources] = words.filter((word) => !word.startsWith('--')).reverse();
    const other = from === undefined ? undefined : this.#stages.get(from);
    if (from !== undefined && other === undefined) throw new Error(`there is no stage ${from}`);
    for (const source of sources) {
      const file = other?.at(source) ?? join(root, source);
      // A folder's content is copied, and a file into what ends with a slash.
      const target = to.endsWith('/') ? join(this.at(to), source.slice(source.lastIndexOf('/') + 1)) : this.at(to);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(file, target, { recursive: true });
    }
  }

  #run(command: string): void {
    const here = command.replace(/(?<=^|\s)\/\w+/g, (path) => `'${this.at(path)}'`);
    const { status, output } = run(this.at(this.workdir), 'bash', '-ec', `chown() { test -e "$2"; }\n${here}`);
    if (status !== 0) throw new Error(`RUN ${command} failed: ${output}`);
  }
}

function stringsOf(json: string): string[] {
  const value: unknown = JSON.parse(json);
  if (Array.isArray(value)) return value.map(String);
  throw new Error(`${json} is no list`);
}
