import type { Language } from "../../messages.js";

export const en: Language = {
  tag: "en",
  messages: {
    greeting: ".input {$customer :string} .match $customer || {{Dear customer,}} * {{Dear {$customer},}}",
    about: `.input {$quantity :integer} .match $quantity
      one {{Your order {$order} with {$shop}: {$quantity} unit of “{$product}”.}}
      * {{Your order {$order} with {$shop}: {$quantity} units of “{$product}”.}}`,
    closing: "Kind regards,",
    apology: "We apologise for this.",

    delayed: `.input {$counts :string} .match $counts
      delivery {{We cannot deliver this item on time.}}
      * {{We cannot ship this item on time.}}`,
    delayedAgain: `.input {$counts :string} .match $counts
      delivery {{The delivery of this item is delayed further.}}
      * {{The shipment of this item is delayed further.}}`,
    revised: `.input {$counts :string} .match $counts
      delivery {{The new date: we expect to deliver it by {$day :day}.}}
      * {{The new date: we expect to ship it by {$day :day}.}}`,
    revisedUnknown: "We are unable to say how long the delay will last.",
    reason: "The reason for the delay: {$reason}",
    choice:
      "You have the choice: you may agree to the delay, or cancel your order for this item and receive a full and prompt refund.",
    silenceConsents:
      "If you do not answer, you are deemed to consent to shipment by {$day :day}, unless we receive your cancellation before the item ships and before that day has ended.",
    silenceConsentsUnknown:
      "If you do not answer, you are deemed to consent to a delay of unknown length, unless we receive your cancellation before the item ships.",
    silenceCancels:
      "If you do not answer, your order for this item is cancelled automatically and you receive a full and prompt refund, unless we have shipped it by {$until :day}. To keep the order, we must receive your express consent to the delay by {$until :day}.",
    silenceRejects:
      "This time your silence does not count as consent: unless we receive your express consent to the further delay by {$until :day}, or have shipped the item by then, you are deemed to refuse the further delay. Your order for this item is then cancelled automatically and you receive a full and prompt refund.",
    silenceNothing: "If you do not answer, your order stands and your rights remain as they are.",
    stillCancel:
      "If you agree to a delay of unknown length, you keep the right to cancel at any time until the item has actually shipped, and to receive a full and prompt refund.",
    answerFree: "Your answer costs you nothing.",
    rights: `.input {$counts :string} .match $counts
      delivery {{You may set us a further period for the delivery that is appropriate in the circumstances. If we do not deliver within it, you may end the contract and receive back without undue delay all that you have paid under it. You need not set one where we have refused to deliver, or where delivery on the agreed day is essential.}}
      * {{Your statutory rights are not affected.}}`,

    consented: "You have agreed to wait for this item until {$day :day}.",
    consentedUnknown: "You have agreed to wait for this item although the length of the delay is unknown.",
    mayCancel: "You may cancel until the item has actually shipped, and then receive a full and prompt refund.",
    cancellation: "We will not ship this item and have cancelled your order for it.",
    deemedCancelled: `.input {$counts :string} .match $counts
      delivery {{This item had not been delivered by {$until :day}. Your order for it has therefore been cancelled automatically.}}
      * {{This item had not shipped by {$until :day}. Your order for it has therefore been cancelled automatically.}}`,
    cancelledAsAsked: "As you asked, your order for this item is cancelled.",
    cancelled: "Your order for this item is cancelled.",
    cancelledUnits: `.input {$units :integer} .match $units
      one {{{$units} unit of this item is cancelled.}}
      * {{{$units} units of this item are cancelled.}}`,
    refundBy: "You receive a full refund of all that you have paid for it, by {$day :day} at the latest.",
    refundSoon: "You receive a full refund of all that you have paid for it, without undue delay.",
    refundLate: "Your refund for this item was due by {$day :day} and has not been made yet.",
    refunded: "We have refunded all that you had paid for this item.",

    placed: "We have received your order {$order} with {$shop}:",
    placedReady: "{$quantity :integer} × “{$product}”: in stock",
    placedBy: "{$quantity :integer} × “{$product}”: not in stock, expected to ship by {$day :day}",
    placedUndated: "{$quantity :integer} × “{$product}”: not in stock, no date yet",
    promised: "We expect to ship this item by {$day :day}.",
    promiseMoved: "We now expect to ship this item by {$day :day}, not by {$before :day}.",
    promiseLost: "We can no longer ship this item by {$before :day}, and have no new date yet.",
    promiseBroken: "This item was expected to ship by {$day :day} and has not shipped.",
    reasonSupplyChanged: "The reason: a delivery from our supplier has changed.",
    reasonSupplyCancelled: "The reason: a delivery from our supplier has been cancelled.",
    reasonCount: "The reason: a stock count found fewer units than were recorded.",
    ready: `.input {$units :integer} .match $units
      one {{The {$units} unit that was missing is now set aside for you.}}
      * {{The {$units} units that were missing are now set aside for you.}}`,
    shipped: `.input {$units :integer} .match $units
      one {{{$units} unit has shipped.}}
      * {{{$units} units have shipped.}}`,
    remaining: `.input {$units :integer} .match $units
      one {{{$units} unit is still to ship.}}
      * {{{$units} units are still to ship.}}`,
    returned: `.input {$units :integer} .match $units
      one {{We have received back {$units} unit.}}
      * {{We have received back {$units} units.}}`,
    substituted: "This item now takes the place of the one that was ordered before.",
    substitutes: "In the place of this item you may have one of these:",
    substituteReady: "“{$product}”: in stock",
    substituteBy: "“{$product}”: expected to ship by {$day :day}",
    substituteUndated: "“{$product}”: no date yet",
    substituteChoice: "If you do not choose one of them, your order stays as it is.",

    linkConsent: "Agree to the delay",
    linkCancel: "Cancel and receive a refund",
    linkOrder: "See the order",
    linkSubstitute: "Choose another item",

    subjectAnswer: "Order {$order}: “{$product}” is delayed, please answer by {$until :day}",
    subjectChoice: "Order {$order}: “{$product}” is delayed, you may wait or cancel",
    subjectDelayed: "Order {$order}: “{$product}” is delayed",
    subjectConsented: "Order {$order}: you have agreed to the delay of “{$product}”",
    subjectCancelled: "Order {$order}: “{$product}” is cancelled",
    subjectRefund: "Order {$order}: refund for “{$product}”",
    subjectPlaced: "Order {$order}: received",
    subjectPromised: "Order {$order}: a date for “{$product}”",
    subjectReady: "Order {$order}: “{$product}” is set aside for you",
    subjectShipped: "Order {$order}: “{$product}” has shipped",
    subjectReturned: "Order {$order}: “{$product}” has come back",
    subjectSubstituted: "Order {$order}: now with “{$product}”",
    subjectSubstitutes: "Order {$order}: other items in the place of “{$product}”",
  },
};
