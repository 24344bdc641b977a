// In the assembled site the package stands at ./backorder/; its types are the package's own.
export * from "../../../pkg/zones.js";
