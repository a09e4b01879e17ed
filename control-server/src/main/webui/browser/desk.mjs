// A terminal under a real X server, as the person at it uses it: DISPLAY is what its agent guards.
import { execFileSync, spawn } from 'node:child_process';
import { openSync } from 'node:fs';

/** Enrols this machine with a one-time token and starts its agent, which says what it does to the file `log`. */
export function startAgent({ command, server, token, log }) {
  const into = openSync(log, 'w');
  execFileSync(command, ['enroll', '--server', server], { env: { ...process.env, SEKISHO_ENROL_TOKEN: token }, stdio: ['ignore', into, into] });
  const service = spawn(command, ['service'], { stdio: ['ignore', into, into] });
  const ended = new Promise((gone, failed) => service.on('exit', gone).on('error', failed));
  return {
    async stop() {
      service.kill('SIGTERM');
      await ended;
    },
  };
}

/** Copies as people do; ends when the agent has taken the clipboard over. */
export function copy(text) {
  const xclip = spawn('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'UTF8_STRING', '-i'], { stdio: ['pipe', 'ignore', 'ignore'] });
  xclip.stdin.end(text);
  return new Promise((ended, failed) => xclip.on('error', failed).on('exit', ended));
}

/** What a second program gets. */
export async function pasted() {
  const xclip = spawn('xclip', ['-selection', 'clipboard', '-t', 'UTF8_STRING', '-o'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((closed, failed) => xclip.on('error', failed).on('close', closed));
  let text = '';
  xclip.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  await ended;
  return text;
}
