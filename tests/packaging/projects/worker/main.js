import * as backorder from "backorder";
import { line } from "./line.js";

export default {
  fetch: () => new Response(line(backorder)),
};
