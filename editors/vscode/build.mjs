/**
 * Builds the extension: `node build.mjs`.
 *
 *     node build.mjs --tests                     the tests, for `node --test`
 *     node build.mjs --carry-server [PYTHON]     installs the server of this repository into bundled/libs, so that the
 *                                                package carries it (for the Python and platform of PYTHON only)
 */

import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", target: "node20", external: ["vscode"], logLevel: "warning" };
const [what, python = "python3"] = process.argv.slice(2);

if (what === "--tests") {
  rmSync("out/test", { recursive: true, force: true });
  const tests = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  const entryPoints = tests.map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: "out/test", format: "esm", outExtension: { ".js": ".mjs" } });
} else if (what === "--carry-server") {
  const libs = "bundled/libs";
  rmSync(libs, { recursive: true, force: true });
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--no-compile", "--target", libs, "../.."], { stdio: "inherit" });
  const which = "import sys, sysconfig; print(sys.implementation.cache_tag, sysconfig.get_platform())";
  writeFileSync(`${libs}/built-for.txt`, execFileSync(python, ["-c", which]));
} else {
  // Two files: the first starts the server, the second is loaded meanwhile.
  const entryPoints = ["src/extension.ts", "src/client.ts"];
  const apart = { external: ["vscode", "./client.js"], supported: { "dynamic-import": false } };
  await build({ ...common, ...apart, entryPoints, outdir: "out", format: "cjs", minify: true });
}
