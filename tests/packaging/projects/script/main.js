import * as backorder from "backorder";
import { line } from "./line.js";

console.log(await line(backorder));
