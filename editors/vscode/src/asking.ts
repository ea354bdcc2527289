/** Asks a Python whether it has the server; knows nothing of VS Code, so that every answer can be tested. */

import { execFile, spawn } from "node:child_process";
import * as os from "node:os";
import type { Answer } from "./find";

/** Ten seconds are enough for a cold disk; a broken interpreter must not block the others. */
const PATIENCE = 10_000;

/** Runs `find.py`. */
export function ask(script: string, python: readonly string[], libs: string | undefined): Promise<Answer> {
  const [executable = "", ...args] = python;
  const options = { cwd: os.homedir(), timeout: PATIENCE, windowsHide: true };
  return new Promise((resolve) => {
    execFile(executable, [...args, script, ...(libs === undefined ? [] : [libs])], options, (error, stdout, stderr) => {
      try {
        if (error !== null) throw error;
        resolve(JSON.parse(stdout) as Answer);
      } catch (reason) {
        const said = stderr.trim().split("\n").pop() || (reason as Error).message;
        resolve({ command: null, why: `${executable} did not answer: ${said}` });
      }
    });
  });
}

/** Runs `find.py` as what becomes the server, where it finds one: its answer is the first line of JSON on standard error. */
export function serve(script: string, python: readonly string[], libs: string | undefined): Promise<Answer> {
  const [executable = "", ...args] = python;
  const child = spawn(executable, [...args, script, "serve", ...(libs === undefined ? [] : [libs])], { cwd: os.homedir(), windowsHide: true });
  return new Promise((resolve) => {
    let said = "";
    const decided = (answer: Answer): void => {
      clearTimeout(late);
      child.stderr.off("data", listen);
      child.off("error", failed);
      child.off("close", ended);
      child.stderr.pause();
      resolve(answer);
    };
    const failed = (error: Error): void => decided({ command: null, why: `${executable} did not answer: ${error.message}` });
    const ended = (): void => failed(new Error(said.trim().split("\n").pop() ?? ""));
    const listen = (data: Buffer): void => {
      said += data.toString();
      const [, before = "", line, after = ""] = /^([^]*?)(?<=^|\n)(\{"command": .*\})\r?\n([^]*)$/.exec(said) ?? [];
      if (line === undefined) return;
      const answer = JSON.parse(line) as Answer;
      if (answer.command === null) return decided(answer);
      decided({ ...answer, process: child });
      if (before + after !== "") child.stderr.unshift(before + after); // what else it says is for its log
    };
    const late = setTimeout(() => {
      child.kill();
      failed(new Error("it takes too long"));
    }, PATIENCE);
    child.stderr.on("data", listen);
    child.once("error", failed);
    child.once("close", ended);
  });
}
