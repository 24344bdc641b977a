/** What the views share: the shop, and what the person is looking at. */

import type { Command } from "./backorder/browser.js";
import type { Shop } from "./shop.js";

export const STANDARD = 100;

export interface Asking {
  readonly quantity: number;
  readonly priority: number;
}

export class Desk {
  private readonly listeners = new Set<() => void>();
  private asked: Asking = { quantity: 1, priority: STANDARD };
  private supposed: Command | undefined;

  constructor(readonly shop: Shop) {
    shop.subscribe(() => this.changed());
  }

  /** What the order form asks for, so that the picture shows the same. */
  get asking(): Asking {
    return this.asked;
  }

  set asking(asking: Asking) {
    if (asking.quantity === this.asked.quantity && asking.priority === this.asked.priority) return;
    this.asked = asking;
    this.changed();
  }

  /** A change to a supply that is only being thought about. */
  get supposition(): Command | undefined {
    return this.supposed;
  }

  set supposition(command: Command | undefined) {
    if (command === this.supposed) return;
    this.supposed = command;
    this.changed();
  }

  subscribe(listener: () => void): void {
    this.listeners.add(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
