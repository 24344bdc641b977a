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

/** A sentence that was said. */
interface Said extends Formatted {
  id: MessageId;
}

export function composed({ subject, blocks, links }: Draft, about: Values, options: MessageOptions): Message {
  const { language, locale = language.tag, shop, customer = "", counts = "shipment" } = options;
  const { tag, separator = " ", direction } = language;
  const common = { ...lines(about), ...lines({ shop, customer, counts }) };
  const say = ([id, values = {}]: Sentence): Said => ({
    id,
    ...format(language, locale, id, { ...common, ...lines(values) }),
  });
  const said = blocks.map(({ is, sentences }) => ({ is, sentences: sentences.map(say) }));
  const labels = links.map(([id, address]) => ({ ...say([id]), address }));
  const closing = say(["closing"]);

  const letter = [
    paragraph([say(["greeting"])], separator),
    ...said.map(({ is, sentences }) => (is === "list" ? list(sentences) : paragraph(sentences, separator))),
    ...labels.map(({ text, html, address }) => ({
      text: `${text}\n${address}`,
      html: `<p><a href="${escaped(address)}">${html}</a></p>`,
    })),
    { text: `${closing.text}\n${common.shop}`, html: `<p>${closing.html}<br>${escaped(common.shop)}</p>` },
  ];
  const needed = said.map(({ is, sentences }) => {
    const texts = sentences.filter(({ id }) => id !== "apology").map(({ text }) => text);
    return texts.join(is === "list" ? "\n" : separator);
  });
  const answers = labels.map(({ text, address }) => `${text} ${address}`);
  const turned = direction === undefined ? "" : ` dir="${direction}"`;
  return {
    subject: say(subject).text,
    text: `${letter.map(({ text }) => text).join("\n\n")}\n`,
    html: `<div lang="${escaped(tag)}"${turned}>${letter.map(({ html }) => html).join("")}</div>`,
    sms: sms([...needed, ...answers].join("\n")),
    language: tag,
    says: said.flatMap(({ sentences }) => sentences.map(({ id }) => id)),
  };
}

/** Names and reasons are others' words. */
function lines<Given extends Values>(values: Given): Given {
  const entries = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? oneLine(value) : value]);
  return Object.fromEntries(entries) as Given;
}

function paragraph(sentences: readonly Formatted[], separator: string): Formatted {
  return {
    text: sentences.map(({ text }) => text).join(separator),
    html: `<p>${sentences.map(({ html }) => html).join(separator)}</p>`,
  };
}

function list(items: readonly Formatted[]): Formatted {
  return {
    text: items.map(({ text }) => `- ${text}`).join("\n"),
    html: `<ul>${items.map(({ html }) => `<li>${html}</li>`).join("")}</ul>`,
  };
}
