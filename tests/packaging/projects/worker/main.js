import * as backorder from "backorder";
import { line } from "./line.js";

export default {
  fetch: async () => new Response(await line(backorder)),
};
