// Prints what a server lists, as it goes over the wire: node list.mjs FILE.
import { InMemoryTransport } from "TRANSPORT";
import { pathToFileURL } from "node:url";

const { server } = await import(pathToFileURL(process.argv[2]).href);
const [here, there] = InMemoryTransport.createLinkedPair();
const waiting = new Map();
here.onmessage = (message) => {
  const wire = JSON.parse(JSON.stringify(message));
  waiting.get(wire.id)?.(wire.result ?? { error: wire.error });
};
await here.start();
await server.connect(there);
let last = 0;
const ask = (method, params = {}) =>
  new Promise((answer) => {
    waiting.set(++last, answer);
    here.send({ jsonrpc: "2.0", id: last, method, params });
  });
await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "list", version: "1" } });
here.send({ jsonrpc: "2.0", method: "notifications/initialized" });
const found = {};
for (const kind of ["tools", "prompts", "resources"]) found[kind] = (await ask(`${kind}/list`))[kind] ?? [];
found.resourceTemplates = (await ask("resources/templates/list")).resourceTemplates ?? [];
console.log(JSON.stringify(found, null, 1));
process.exit(0);
