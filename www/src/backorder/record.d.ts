export * from "../../../pkg/record.js";
