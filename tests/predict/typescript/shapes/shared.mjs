// What the shapes import from another file of their project.
import { z } from "ZOD";

export const MODES = ["fast", "slow"];
export const Limit = z.number().int().min(1).describe("How many");
export const paging = { offset: z.number().default(0), limit: Limit };
export const labelled = (text) => z.string().describe(text);
