import { isSelectMessage, isVariableRef, parseMessage, visit } from "messageformat";
import type { Model } from "messageformat";
import type * as Declared from "../../messages.js";
import { en } from "./en.js";

export const languageProblems: typeof Declared.languageProblems = ({ messages }) => {
  const given: Readonly<Record<string, unknown>> = messages;
  const unknown = Object.keys(given).filter((id) => !Object.hasOwn(en.messages, id));
  const known = Object.entries(en.messages).flatMap(([id, english]) =>
    problemsOf(given[id], english).map((problem) => `${id}: ${problem}`),
  );
  return [...unknown.map((id) => `${id}: there is no such message`), ...known];
};

function problemsOf(source: unknown, english: string): string[] {
  if (typeof source !== "string") return ["lacks"];
  let message: Model.Message;
  try {
    message = parseMessage(source);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const [own, expected] = [placeholders(message), placeholders(parseMessage(english))];
  return [
    ...[...expected].filter((name) => !own.has(name)).map((name) => `lacks ${name}`),
    ...[...own].filter((name) => !expected.has(name)).map((name) => `there is no ${name}`),
    ...incompleteVariants(message),
  ];
}

/** What stands in a message, "$day" and with its function "$day :day". */
function placeholders(message: Model.Message): Set<string> {
  const found = new Set<string>();
  visit(message, {
    expression: ({ arg, functionRef }) => {
      if (!isVariableRef(arg)) return;
      found.add(`$${arg.name}`);
      if (functionRef !== undefined) found.add(`$${arg.name} :${functionRef.name}`);
    },
  });
  return found;
}

/** A day that one variant has and another lacks would be lost to some readers. What is selected by need not be said. */
function incompleteVariants(message: Model.Message): string[] {
  if (!isSelectMessage(message)) return [];
  const selectors = message.selectors.map(({ name }) => name);
  const said = message.variants.map(({ value }) => namesIn(value).filter((name) => !selectors.includes(name)));
  const all = new Set(said.flat());
  const lacking = [...all].filter((name) => said.some((names) => !names.includes(name)));
  return lacking.map((name) => `a variant lacks $${name}`);
}

function namesIn(pattern: Model.Pattern): string[] {
  return pattern.flatMap((part) => {
    if (typeof part === "string" || part.type !== "expression" || !isVariableRef(part.arg)) return [];
    return [part.arg.name];
  });
}
