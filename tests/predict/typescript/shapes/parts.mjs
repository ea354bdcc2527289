// What the fresh shapes import: names given anew, a default, and functions that make shapes.
import { z } from "ZOD";
import { Limit, labelled } from "./shared.mjs";

const Pagination = { page: z.number().int().positive().default(1), perPage: Limit.max(50).optional() };
const Audit = z.object({ by: z.string(), reason: z.string().min(3).optional() });
export { Audit as AuditTrail, Pagination };
export * from "./shared.mjs";
export const Sizes = Object.freeze({ small: "s", large: "l" });
export const Levels = { Low: 1, High: 2 };
export function listOf(item, text) {
  return z.array(item).max(20).describe(text);
}
export const optionalText = (text = "Some text") => labelled(text).optional();
export const DESCRIPTIONS = { archive: "Archive a thing.", prune: "Prune " + "old things." };
export default z.object({ id: z.string().uuid(), rank: z.number().int().min(0).default(0) });
