import type { Message, MessageId, MessageOptions } from "../../messages.js";
import { escaped } from "../html.js";
import { format, oneLine, type Formatted, type Values } from "./format.js";
import { sms } from "./sms.js";

/** A sentence to be said, with what stands in it besides what stands in all. */
export type Sentence = readonly [id: MessageId, values?: Values];

/** What is to be said, before it is said in a language. */
export interface Draft {
  subject: Sentence;
  /** What stands between greeting and closing. */
  blocks: readonly Block[];
  links: readonly (readonly [label: MessageId, address: string])[];
}

/** A paragraph, or a list whose items are sentences. */
export interface Block {
  is: "paragraph" | "list";
  sentences: readonly Sentence[];
}

type Say = (sentence: Sentence) => Formatted;

export function composed({ subject, blocks, links }: Draft, about: Values, options: MessageOptions): Message {
  const { language, shop, customer = "", counts = "shipment" } = options;
  const common = { ...lines(about), ...lines({ shop, customer, counts }) };
  const say: Say = ([id, values = {}]) =>
    format(language, options.locale ?? language.tag, id, { ...common, ...lines(values) });
  const { separator = " ", direction } = language;
  const label = ([id, address]: Draft["links"][number]) => ({ ...say([id]), address });
  const labels = links.map(label);
  const closing = say(["closing"]);

  const letter = [
    paragraph(say(["greeting"])),
    ...blocks.map((block) => written(block, say, separator)),
    ...labels.map(({ text, html, address }) => ({
      text: `${text}\n${address}`,
      html: `<p><a href="${escaped(address)}">${html}</a></p>`,
    })),
    { text: `${closing.text}\n${common.shop}`, html: `<p>${closing.html}<br>${escaped(common.shop)}</p>` },
  ];
  const short = blocks.map((block) => written(withoutCourtesy(block), say, separator).text).filter((text) => text !== "");
  const turned = direction === undefined ? "" : ` dir="${direction}"`;
  return {
    subject: say(subject).text,
    text: `${letter.map(({ text }) => text).join("\n\n")}\n`,
    html: `<div lang="${escaped(language.tag)}"${turned}>${letter.map(({ html }) => html).join("")}</div>`,
    sms: sms([...short, ...labels.map(({ text, address }) => `${text} ${address}`)].join("\n")),
    language: language.tag,
    says: blocks.flatMap(({ sentences }) => sentences.map(([id]) => id)),
  };
}

/** Names and reasons are others' words. */
function lines<Given extends Values>(values: Given): Given {
  const entries = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? oneLine(value) : value]);
  return Object.fromEntries(entries) as Given;
}

function written({ is, sentences }: Block, say: Say, separator: string): Formatted {
  const said = sentences.map(say);
  if (is === "list") {
    return {
      text: said.map(({ text }) => `- ${text}`).join("\n"),
      html: `<ul>${said.map(({ html }) => `<li>${html}</li>`).join("")}</ul>`,
    };
  }
  const [text, html] = (["text", "html"] as const).map((kind) => said.map((each) => each[kind]).join(separator));
  return paragraph({ text: text ?? "", html: html ?? "" });
}

function paragraph({ text, html }: Formatted): Formatted {
  return { text, html: `<p>${html}</p>` };
}

/** An SMS can do without. */
function withoutCourtesy({ is, sentences }: Block): Block {
  return { is, sentences: sentences.filter(([id]) => id !== "apology") };
}
