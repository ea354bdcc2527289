/** The form of a tool's arguments, made of its input schema; knows nothing of VS Code, so that it can be tested. */

/** What the server knows of a tool from its source (`mcp-lsp.tool`). */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: Schema;
  readonly readOnly: boolean | null;
  readonly destructive: boolean | null;
  /** Arguments that fit. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether all of the schema is known; where not, more may be given than it says. */
  readonly whole: boolean;
}

export interface Schema {
  readonly [key: string]: unknown;
}

/** One argument. `choice`: one of `choices`; `json`: an object, a list or anything, written as JSON. */
export interface Field {
  readonly name: string;
  readonly kind: "text" | "number" | "integer" | "boolean" | "choice" | "json";
  readonly required: boolean;
  readonly description: string;
  /** What stands there at first; "" for nothing. */
  readonly initial: string;
  readonly choices: readonly unknown[];
}

/** What is written in a field, by name; of the field `MORE` an object with further arguments. */
export type Written = Readonly<Record<string, string>>;

export const MORE = "\u2026";

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

export function fields(tool: Tool): Field[] {
  const schema = tool.inputSchema;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const found = Object.entries(properties).map(([name, property]) => field(name, property, schema, required.includes(name), tool.example));
  if (!tool.whole || found.length === 0) {
    const description = "As a JSON object: not all of this tool's arguments are known from its source.";
    found.push({ name: MORE, kind: "json", required: false, description, initial: "", choices: [] });
  }
  return found;
}

function field(name: string, property: unknown, root: Schema, required: boolean, example: Tool["example"]): Field {
  const schema = concrete(property, root);
  const described = isObject(property) ? property["description"] ?? schema["description"] : undefined;
  const choices = Array.isArray(schema["enum"]) ? (schema["enum"] as unknown[]) : "const" in schema ? [schema["const"]] : [];
  const kind = choices.length > 0 ? "choice" : kindOf(schema);
  const preset = isObject(property) && property["default"] != null ? property["default"] : required ? example[name] : undefined;
  const initial = preset === undefined ? "" : kind === "text" ? String(preset) : JSON.stringify(preset);
  return { name, kind, required, description: typeof described === "string" ? described : "", initial, choices };
}

function kindOf(schema: Schema): Field["kind"] {
  const type = schema["type"];
  if (type === "string") return "text";
  if (type === "number" || type === "integer" || type === "boolean") return type;
  return "json";
}

/** A schema without its reference and without "or null": who leaves the field empty leaves the argument out. */
function concrete(property: unknown, root: Schema, depth = 0): Schema {
  if (!isObject(property) || depth > 8) return {};
  const reference = property["$ref"];
  if (typeof reference === "string" && reference.startsWith("#/")) {
    const target = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((at, step) => (isObject(at) ? at[step.replace(/~1/g, "/").replace(/~0/g, "~")] : undefined), root);
    return concrete(target, root, depth + 1);
  }
  for (const word of ["anyOf", "oneOf", "allOf"]) {
    const parts = property[word];
    if (!Array.isArray(parts)) continue;
    const said = parts.filter((part) => !(isObject(part) && part["type"] === "null"));
    return said.length === 1 ? concrete(said[0], root, depth + 1) : {};
  }
  const types = property["type"];
  if (!Array.isArray(types)) return property;
  const said = types.filter((type) => type !== "null");
  return { ...property, type: said.length === 1 ? said[0] : undefined };
}

/** The arguments that were written, or by field what is wrong with them. An empty field is an argument left out. */
export function argumentsOf(all: readonly Field[], written: Written): { arguments: Record<string, unknown> } | { wrong: Record<string, string> } {
  const given: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const wrong: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { name, kind, required } of all) {
    const text = written[name] ?? "";
    if (kind === "text" ? text === "" && !required : text.trim() === "") {
      if (required) wrong[name] = "is required";
      continue;
    }
    const value = kind === "text" ? text : parsed(text);
    if (value === undefined) wrong[name] = "is not JSON";
    else if (kind === "number" && typeof value !== "number") wrong[name] = "is not a number";
    else if (kind === "integer" && !Number.isInteger(value)) wrong[name] = "is not a whole number";
    else if (name === MORE && !isObject(value)) wrong[name] = "is not a JSON object";
    else if (name === MORE) Object.assign(given, value);
    else given[name] = value;
  }
  return Object.keys(wrong).length > 0 ? { wrong: { ...wrong } } : { arguments: { ...given } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// ---------------------------------------------------------------- the page

/** The page of a form. `nonce` is on its one script and its one style; nothing else runs, and nothing is loaded. */
export function page(tool: Tool, nonce: string): string {
  const hints = [
    ...(tool.readOnly === true ? ["says that it only reads"] : []),
    ...(tool.destructive === true ? ["says that it may destroy something"] : []),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${escaped(tool.name)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<h1>${escaped(tool.title || tool.name)}</h1>
<p class="said">${escaped(tool.description)}</p>
${hints.length > 0 ? `<p class="hint">${escaped(hints.join("; "))}</p>` : ""}
<form>
${fields(tool).map(control).join("\n")}
<fieldset>
<legend>While it is called, its server may</legend>
<label><input type="checkbox" name="network"> use the network</label>
<label><input type="checkbox" name="write"> write to its folder</label>
<label for="env">and sees these variables of yours <input id="env" name="env" placeholder="NAME OTHER_NAME" spellcheck="false"></label>
</fieldset>
<button type="submit">Call</button> <button type="button" id="stop" disabled>Stop</button>
</form>
<section aria-live="polite"><p id="took"></p><div id="answer"></div><button type="button" id="open" hidden>Open as JSON</button></section>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

function control(one: Field, at: number): string {
  const id = `argument-${at}`;
  const name = `id="${id}" data-name="${escaped(one.name)}" aria-describedby="${id}-said"`;
  const label = `<label for="${id}">${escaped(one.name === MORE ? "arguments" : one.name)}${one.required ? " <b>*</b>" : ""} <i>${one.kind}</i></label>`;
  const input =
    one.kind === "choice" || one.kind === "boolean"
      ? `<select ${name}>${options(one)}</select>`
      : one.kind === "number" || one.kind === "integer"
        ? `<input ${name} inputmode="decimal" value="${escaped(one.initial)}">`
        : `<textarea ${name} rows="${one.kind === "json" ? 4 : 1}" spellcheck="false">\n${escaped(one.initial)}</textarea>`;
  return `<div class="field">${label}${input}<small id="${id}-said">${escaped(one.description)}</small><em></em></div>`;
}

function options(one: Field): string {
  const all = one.kind === "boolean" ? [true, false] : one.choices;
  const listed = all.map((choice) => {
    const value = JSON.stringify(choice);
    return `<option value="${escaped(value)}"${value === one.initial ? " selected" : ""}>${escaped(String(choice))}</option>`;
  });
  return [...(one.required ? [] : ['<option value=""></option>']), ...listed].join("");
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}

const STYLE = `
body { max-width: 60em; padding: 0 1.5em 2em; line-height: 1.4; color: var(--vscode-foreground); }
h1 { font-weight: 500; } .said { white-space: pre-wrap; } .hint, small { opacity: 0.8; } i { opacity: 0.6; font-size: smaller; }
.field { display: grid; margin: 0.8em 0; gap: 0.2em; } b, em, .failed { color: var(--vscode-errorForeground); }
input:not([type]), textarea, select { font: inherit; padding: 0.3em; color: var(--vscode-input-foreground);
  background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, transparent); }
textarea { resize: vertical; font-family: var(--vscode-editor-font-family); }
fieldset { display: flex; flex-wrap: wrap; gap: 0.4em 1.5em; margin: 1em 0; border: 1px solid var(--vscode-widget-border, #8884); }
button { padding: 0.4em 1.2em; border: 0; color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
button:disabled { opacity: 0.5; }
pre { padding: 0.8em; overflow: auto; background: var(--vscode-textCodeBlock-background); white-space: pre-wrap; }`;

const SCRIPT = `
const editor = acquireVsCodeApi(), form = document.forms[0], took = document.getElementById("took");
const answer = document.getElementById("answer"), stop = document.getElementById("stop"), open = document.getElementById("open");
const send = form.querySelector("[type=submit]");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send.disabled = true; // until it is answered: a second click is no second call
  const written = {};
  for (const one of form.querySelectorAll("[data-name]")) written[one.dataset.name] = one.value;
  const allowed = { network: form.network.checked, write: form.write.checked, env: form.env.value.split(/[\\s,]+/).filter(Boolean) };
  editor.postMessage({ call: { written, allowed } });
});
stop.addEventListener("click", () => editor.postMessage({ stop: true }));
open.addEventListener("click", () => editor.postMessage({ open: true }));
addEventListener("message", ({ data }) => {
  for (const one of form.querySelectorAll(".field")) one.querySelector("em").textContent = (data.wrong ?? {})[one.querySelector("[data-name]").dataset.name] ?? "";
  send.disabled = data.busy === true;
  stop.disabled = data.busy !== true;
  took.textContent = data.said ?? "";
  took.className = data.failed === true ? "failed" : "";
  open.hidden = data.parts === undefined;
  answer.replaceChildren(...(data.parts ?? []).map((part) => Object.assign(document.createElement("pre"), { textContent: part })));
});`;

/** What the server answered (`mcp-lsp.call`). */
export interface Answer {
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
  readonly milliseconds: number;
  readonly ready: number;
}

/** An answer as it is shown: a line about it, and its parts, texts as they are and all else as JSON. */
export function shown({ result, error, milliseconds, ready }: Answer): { said: string; failed: boolean; parts: string[] } {
  const failed = result === undefined || result["isError"] === true;
  const content = Array.isArray(result?.["content"]) ? (result["content"] as unknown[]) : [];
  const structured = result?.["structuredContent"];
  const parts = [
    ...content.map((part) => (isObject(part) && part["type"] === "text" && typeof part["text"] === "string" ? part["text"] : brief(part))),
    ...(structured === undefined ? [] : [brief(structured)]),
    ...(content.length === 0 && structured === undefined ? [brief(result ?? error)] : []),
  ];
  const said = `${failed ? "Failed" : "Answered"} after ${milliseconds} ms; its server was ready after ${ready} ms.`;
  return { said, failed, parts };
}

/** As JSON, where long texts (images, for instance) are cut. */
function brief(value: unknown): string {
  const cut = (_: string, one: unknown): unknown => (typeof one === "string" && one.length > 2000 ? `${one.slice(0, 2000)}… (${one.length} characters)` : one);
  return JSON.stringify(value, cut, 2) ?? "";
}
