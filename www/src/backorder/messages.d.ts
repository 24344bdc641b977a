export * from "../../../pkg/messages.js";
