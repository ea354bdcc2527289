/**
 * Which server was found through other extensions the last time, by what decides besides them, so that the next time
 * nobody waits for these. In a file of the extension's: VS Code keeps its own memory where the window is, which may be
 * another computer than the one the server runs on.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { isExecutable, type Found } from "./find";

const MOST = 50;
type Kept = readonly (readonly [key: string, found: Found])[];

export interface Remembered {
  /** What was found last, if it is still there. */
  find(key: string): Found | undefined;
  /** `undefined`: forget it. */
  keep(key: string, found: Found | undefined): void;
}

export function remembered(folder: string): Remembered {
  const file = path.join(folder, "servers.json");
  const read = (): Kept => {
    try {
      const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
      return Array.isArray(kept) ? (kept as Kept) : [];
    } catch {
      return [];
    }
  };
  return {
    find: (key) => {
      const found = read().find(([one]) => one === key)?.[1];
      return found !== undefined && isExecutable(found.command) ? found : undefined;
    },
    keep: (key, found) => {
      const there = read();
      const others = there.filter(([one]) => one !== key);
      const { process: _, ...plain } = found ?? { process: undefined };
      if (found === undefined && others.length === there.length) return;
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, JSON.stringify(found === undefined ? others : [[key, plain], ...others].slice(0, MOST)));
      } catch {
        // The next window waits as this one did.
      }
    },
  };
}
