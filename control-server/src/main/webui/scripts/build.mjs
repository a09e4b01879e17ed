// Builds or tests the console, unless nothing that it is made of has changed since the last time that it went well.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const OLDEST = [20, 19];
const SOURCES = ['index.html', 'package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'vite.config.ts', 'eslint.config.js', 'src', 'public', 'scripts', 'browser'];
// Made from openapi.json, which is among the sources.
const GENERATED = 'src/api/schema.gen.ts';

const STEPS = {
  build: [['node', ['scripts/generate-api.mjs']], ['npm', ['exec', '--offline', '--', 'vite', 'build', '--logLevel', 'warn']]],
  test: [
    ['node', ['scripts/generate-api.mjs']],
    ['npm', ['exec', '--offline', '--', 'tsc']],
    ['npm', ['exec', '--offline', '--', 'eslint', '.', '--max-warnings', '0']],
    ['npm', ['exec', '--offline', '--', 'vitest', 'run', '--reporter=dot']],
  ],
};

const [task, folder] = process.argv.slice(2);
const target = resolve(folder);
const output = join(target, 'webui', 'META-INF', 'resources');
const stamp = join(target, `webui-${task}.stamp`);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  fail(`Building the console needs Node.js ${OLDEST.join('.')} or newer; ${process.execPath} is ${process.versions.node}.`);
}

const digest = digestOf(SOURCES);
const isDone = existsSync(stamp) && readFileSync(stamp, 'utf8') === digest && (task === 'test' || existsSync(join(output, 'index.html')));
if (isDone) {
  console.log(`console: nothing to ${task}, its sources are unchanged`);
} else {
  install();
  rmSync(stamp, { force: true });
  STEPS[task].forEach(([program, args]) => run(program, args));
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, digest);
}

/** Exactly what package-lock.json names, and only when that has changed. */
function install() {
  const marker = 'node_modules/.sekisho-lock';
  const locked = digestOf(['package-lock.json']);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === locked) {
    return;
  }
  console.log('console: installing packages (npm ci)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts']);
  writeFileSync(marker, locked);
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, SEKISHO_WEBUI_OUT: output, npm_config_update_notifier: 'false' } });
  if (error !== undefined || status !== 0) {
    fail(`console: ${[program, ...args].join(' ')} failed${error === undefined ? ` with ${status}` : `: ${error.message}`}.`);
  }
}

function digestOf(paths) {
  const hash = createHash('sha256');
  const take = (path) => {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  const walk = (path) => {
    readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .forEach((entry) => {
        const below = `${path}/${entry.name}`;
        if (entry.isDirectory()) {
          walk(below);
        } else if (below !== GENERATED) {
          take(below);
        }
      });
  };
  paths.forEach((path) => (existsSync(path) && !path.includes('.') ? walk(path) : take(path)));
  return hash.digest('hex');
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
