/** The record of what was promised to this page's orders, on what grounds, told and answered. */

import type { Command, Engine, Event, Instant, Outcome } from "./backorder/browser.js";
import { recordCsv, type Recorder, type RecordEntry, recorder, recordJson } from "./backorder/record.js";

export class Ledger {
  private readonly recorder: Recorder;

  /** Oldest first. */
  constructor(
    engine: Engine,
    private readonly isMine: (order: string) => boolean,
    private list: readonly RecordEntry[] = [],
  ) {
    this.recorder = recorder(engine);
  }

  get entries(): readonly RecordEntry[] {
    return this.list;
  }

  note(command: Command, outcome: Outcome, at: Instant): void {
    const mine = (event: Event): boolean => "order" in event && event.order !== undefined && this.isMine(event.order);
    const made = this.recorder.after(command, outcome, at, {
      events: outcome.events.filter(mine),
      ...(command.type === "noticeSent" && { shown: { channel: "the inbox in the page" } }),
    });
    if (made.length > 0) this.list = [...this.list, ...made];
  }

  /** As a file's name, type and text. */
  file(form: "csv" | "json"): { name: string; type: string; text: string } {
    const [type, text] = form === "csv" ? ["text/csv", recordCsv(this.list)] : ["application/json", recordJson(this.list)];
    return { name: `promises.${form}`, type, text };
  }
}
