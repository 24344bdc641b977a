import * as backorder from "backorder";
import { line } from "./line.js";

console.log(line(backorder));
