import type { Language } from "../../messages.js";

export const de: Language = {
  tag: "de",
  messages: {
    greeting: ".input {$customer :string} .match $customer || {{Guten Tag,}} * {{Guten Tag {$customer},}}",
    about: "Ihre Bestellung {$order} bei {$shop}: {$quantity :integer} Stück „{$product}“.",
    closing: "Mit freundlichen Grüßen",
    apology: "Wir bitten um Entschuldigung.",

    delayed: `.input {$counts :string} .match $counts
      delivery {{Wir können diesen Artikel nicht rechtzeitig liefern.}}
      * {{Wir können diesen Artikel nicht rechtzeitig versenden.}}`,
    delayedAgain: `.input {$counts :string} .match $counts
      delivery {{Die Lieferung dieses Artikels verzögert sich weiter.}}
      * {{Der Versand dieses Artikels verzögert sich weiter.}}`,
    revised: `.input {$counts :string} .match $counts
      delivery {{Der neue Termin: Wir liefern ihn voraussichtlich bis zum {$day :day}.}}
      * {{Der neue Termin: Wir versenden ihn voraussichtlich bis zum {$day :day}.}}`,
    revisedUnknown: "Wir können nicht sagen, wie lange die Verzögerung dauern wird.",
    reason: "Der Grund der Verzögerung: {$reason}",
    choice:
      "Sie haben die Wahl: Sie können der Verzögerung zustimmen oder Ihre Bestellung dieses Artikels stornieren und erhalten dann umgehend die vollständige Erstattung.",
    silenceConsents:
      "Wenn Sie nicht antworten, gilt dies als Ihre Zustimmung zum Versand bis zum {$day :day}, es sei denn, Ihre Stornierung geht uns vor dem Versand und vor Ablauf dieses Tages zu.",
    silenceConsentsUnknown:
      "Wenn Sie nicht antworten, gilt dies als Ihre Zustimmung zu einer Verzögerung von unbestimmter Dauer, es sei denn, Ihre Stornierung geht uns vor dem Versand zu.",
    silenceCancels:
      "Wenn Sie nicht antworten, wird Ihre Bestellung dieses Artikels automatisch storniert, und Sie erhalten umgehend die vollständige Erstattung, es sei denn, wir haben ihn bis zum {$until :day} versandt. Soll die Bestellung bestehen bleiben, so muss uns Ihre ausdrückliche Zustimmung zur Verzögerung bis zum {$until :day} zugehen.",
    silenceRejects:
      "Diesmal gilt Ihr Schweigen nicht als Zustimmung: Wenn uns Ihre ausdrückliche Zustimmung zur weiteren Verzögerung nicht bis zum {$until :day} zugeht und wir den Artikel bis dahin nicht versandt haben, gilt die weitere Verzögerung als von Ihnen abgelehnt. Ihre Bestellung dieses Artikels wird dann automatisch storniert, und Sie erhalten umgehend die vollständige Erstattung.",
    silenceNothing: "Wenn Sie nicht antworten, bleibt Ihre Bestellung bestehen, und Ihre Rechte bleiben, wie sie sind.",
    stillCancel:
      "Wenn Sie einer Verzögerung von unbestimmter Dauer zustimmen, können Sie weiterhin jederzeit stornieren, bis der Artikel tatsächlich versandt ist, und erhalten dann umgehend die vollständige Erstattung.",
    answerFree: "Ihre Antwort kostet Sie nichts.",
    rights: `.input {$counts :string} .match $counts
      delivery {{Sie können uns eine den Umständen angemessene weitere Frist für die Lieferung setzen. Liefern wir nicht innerhalb dieser Frist, so können Sie den Vertrag beenden und erhalten alles, was Sie aufgrund des Vertrags gezahlt haben, unverzüglich zurück. Einer Frist bedarf es nicht, wenn wir die Lieferung verweigert haben oder die Lieferung am vereinbarten Tag wesentlich ist.}}
      * {{Ihre gesetzlichen Rechte bleiben unberührt.}}`,

    consented: "Sie haben zugestimmt, bis zum {$day :day} auf diesen Artikel zu warten.",
    consentedUnknown:
      "Sie haben zugestimmt, auf diesen Artikel zu warten, obwohl die Dauer der Verzögerung unbestimmt ist.",
    mayCancel:
      "Sie können stornieren, bis der Artikel tatsächlich versandt ist, und erhalten dann umgehend die vollständige Erstattung.",
    cancellation: "Wir werden diesen Artikel nicht versenden und haben Ihre Bestellung des Artikels storniert.",
    deemedCancelled: `.input {$counts :string} .match $counts
      delivery {{Dieser Artikel war bis zum {$until :day} nicht geliefert. Ihre Bestellung des Artikels ist deshalb automatisch storniert worden.}}
      * {{Dieser Artikel war bis zum {$until :day} nicht versandt. Ihre Bestellung des Artikels ist deshalb automatisch storniert worden.}}`,
    cancelledAsAsked: "Ihre Bestellung dieses Artikels ist, wie von Ihnen gewünscht, storniert.",
    cancelled: "Ihre Bestellung dieses Artikels ist storniert.",
    cancelledUnits: `.input {$units :integer} .match $units
      one {{{$units} Stück dieses Artikels ist storniert.}}
      * {{{$units} Stück dieses Artikels sind storniert.}}`,
    refundBy: "Wir erstatten Ihnen alles, was Sie dafür gezahlt haben, spätestens bis zum {$day :day}.",
    refundSoon: "Wir erstatten Ihnen alles, was Sie dafür gezahlt haben, unverzüglich.",
    refundLate: "Die Erstattung für diesen Artikel war bis zum {$day :day} fällig und ist noch nicht erfolgt.",
    refunded: "Wir haben Ihnen alles erstattet, was Sie für diesen Artikel gezahlt hatten.",

    placed: "Ihre Bestellung {$order} ist bei {$shop} eingegangen:",
    placedReady: "{$quantity :integer} × „{$product}“: vorrätig",
    placedBy: "{$quantity :integer} × „{$product}“: nicht vorrätig, Versand voraussichtlich bis zum {$day :day}",
    placedUndated: "{$quantity :integer} × „{$product}“: nicht vorrätig, noch kein Termin",
    promised: "Wir versenden diesen Artikel voraussichtlich bis zum {$day :day}.",
    promiseMoved:
      "Wir versenden diesen Artikel nun voraussichtlich bis zum {$day :day} und nicht bis zum {$before :day}.",
    promiseLost: "Wir können diesen Artikel nicht mehr bis zum {$before :day} versenden und haben noch keinen neuen Termin.",
    promiseBroken: "Dieser Artikel sollte bis zum {$day :day} versandt werden und ist noch nicht versandt.",
    reasonSupplyChanged: "Der Grund: Eine Lieferung unseres Lieferanten hat sich geändert.",
    reasonSupplyCancelled: "Der Grund: Eine Lieferung unseres Lieferanten ist ausgefallen.",
    reasonCount: "Der Grund: Bei einer Bestandszählung fanden sich weniger Stücke, als verzeichnet waren.",
    ready: `.input {$units :integer} .match $units
      one {{Das fehlende Stück liegt nun für Sie bereit.}}
      * {{Die {$units} fehlenden Stücke liegen nun für Sie bereit.}}`,
    shipped: `.input {$units :integer} .match $units
      one {{{$units} Stück ist versandt.}}
      * {{{$units} Stück sind versandt.}}`,
    remaining: `.input {$units :integer} .match $units
      one {{{$units} Stück folgt noch.}}
      * {{{$units} Stück folgen noch.}}`,
    returned: "Wir haben {$units :integer} Stück zurückerhalten.",
    substituted: "Dieser Artikel tritt an die Stelle des zuvor bestellten.",
    substitutes: "Anstelle dieses Artikels können Sie einen von diesen erhalten:",
    substituteReady: "„{$product}“: vorrätig",
    substituteBy: "„{$product}“: Versand voraussichtlich bis zum {$day :day}",
    substituteUndated: "„{$product}“: noch kein Termin",
    substituteChoice: "Wenn Sie keinen davon wählen, bleibt Ihre Bestellung, wie sie ist.",

    linkConsent: "Der Verzögerung zustimmen",
    linkCancel: "Stornieren und die Erstattung erhalten",
    linkOrder: "Die Bestellung ansehen",
    linkSubstitute: "Einen anderen Artikel wählen",

    subjectAnswer: "Bestellung {$order}: „{$product}“ verzögert sich, bitte antworten Sie bis zum {$until :day}",
    subjectChoice: "Bestellung {$order}: „{$product}“ verzögert sich, Sie können warten oder stornieren",
    subjectDelayed: "Bestellung {$order}: „{$product}“ verzögert sich",
    subjectConsented: "Bestellung {$order}: Sie haben der Verzögerung von „{$product}“ zugestimmt",
    subjectCancelled: "Bestellung {$order}: „{$product}“ ist storniert",
    subjectRefund: "Bestellung {$order}: Erstattung für „{$product}“",
    subjectPlaced: "Bestellung {$order}: eingegangen",
    subjectPromised: "Bestellung {$order}: ein Termin für „{$product}“",
    subjectReady: "Bestellung {$order}: „{$product}“ liegt für Sie bereit",
    subjectShipped: "Bestellung {$order}: „{$product}“ ist versandt",
    subjectReturned: "Bestellung {$order}: „{$product}“ ist zurückgekommen",
    subjectSubstituted: "Bestellung {$order}: jetzt mit „{$product}“",
    subjectSubstitutes: "Bestellung {$order}: andere Artikel anstelle von „{$product}“",
  },
};
