import type { Language } from "../../messages.js";

// Before ":" and within "« »" stand spaces that do not break (U+00A0), before ";" a narrow one (U+202F).
export const fr: Language = {
  tag: "fr",
  messages: {
    greeting: ".input {$customer :string} .match $customer || {{Bonjour,}} * {{Bonjour {$customer},}}",
    about: `.input {$quantity :integer} .match $quantity
      one {{Votre commande {$order} chez {$shop} : {$quantity} unité de « {$product} ».}}
      * {{Votre commande {$order} chez {$shop} : {$quantity} unités de « {$product} ».}}`,
    closing: "Cordialement,",
    apology: "Nous vous prions de nous en excuser.",

    delayed: `.input {$counts :string} .match $counts
      delivery {{Nous ne pouvons pas livrer cet article à temps.}}
      * {{Nous ne pouvons pas expédier cet article à temps.}}`,
    delayedAgain: `.input {$counts :string} .match $counts
      delivery {{La livraison de cet article est de nouveau retardée.}}
      * {{L’expédition de cet article est de nouveau retardée.}}`,
    revised: `.input {$counts :string} .match $counts
      delivery {{La nouvelle date : nous prévoyons de le livrer au plus tard le {$day :day}.}}
      * {{La nouvelle date : nous prévoyons de l’expédier au plus tard le {$day :day}.}}`,
    revisedUnknown: "Nous ne sommes pas en mesure de dire combien de temps ce retard durera.",
    reason: "Le motif du retard : {$reason}",
    choice:
      "Vous avez le choix : vous pouvez accepter le retard, ou annuler votre commande de cet article et en obtenir le remboursement intégral dans les meilleurs délais.",
    silenceConsents:
      "Si vous ne répondez pas, votre silence vaut acceptation de l’expédition au plus tard le {$day :day}, sauf si votre annulation nous parvient avant l’expédition et avant la fin de ce jour.",
    silenceConsentsUnknown:
      "Si vous ne répondez pas, votre silence vaut acceptation d’un retard d’une durée indéterminée, sauf si votre annulation nous parvient avant l’expédition.",
    silenceCancels:
      "Si vous ne répondez pas, votre commande de cet article est annulée automatiquement et vous est intégralement remboursée dans les meilleurs délais, sauf si nous l’avons expédié au plus tard le {$until :day}. Pour maintenir la commande, votre accord exprès sur le retard doit nous parvenir au plus tard le {$until :day}.",
    silenceRejects:
      "Cette fois, votre silence ne vaut pas acceptation : si votre accord exprès sur le nouveau retard ne nous est pas parvenu au plus tard le {$until :day} et si nous n’avons pas expédié l’article à cette date, votre silence vaut refus du nouveau retard. Votre commande de cet article est alors annulée automatiquement et vous est intégralement remboursée dans les meilleurs délais.",
    silenceNothing: "Si vous ne répondez pas, votre commande est maintenue et vos droits restent inchangés.",
    stillCancel:
      "Si vous acceptez un retard d’une durée indéterminée, vous conservez le droit d’annuler à tout moment jusqu’à l’expédition effective de l’article et d’en obtenir le remboursement intégral dans les meilleurs délais.",
    answerFree: "Votre réponse est gratuite.",
    rights: `.input {$counts :string} .match $counts
      delivery {{Vous pouvez nous fixer un délai supplémentaire de livraison, adapté aux circonstances. Si nous ne livrons pas dans ce délai, vous pouvez mettre fin au contrat et obtenir sans retard injustifié le remboursement de tout ce que vous avez payé à ce titre. Ce délai n’est pas nécessaire si nous avons refusé de livrer ou si la livraison à la date convenue est essentielle.}}
      * {{Vos droits légaux ne sont pas affectés.}}`,

    consented: "Vous avez accepté d’attendre cet article jusqu’au {$day :day}.",
    consentedUnknown: "Vous avez accepté d’attendre cet article bien que la durée du retard soit indéterminée.",
    mayCancel:
      "Vous pouvez annuler jusqu’à l’expédition effective de l’article et en obtenir alors le remboursement intégral dans les meilleurs délais.",
    cancellation: "Nous n’expédierons pas cet article et avons annulé la commande correspondante.",
    deemedCancelled: `.input {$counts :string} .match $counts
      delivery {{Cet article n’avait pas été livré au {$until :day}. Votre commande de cet article a donc été annulée automatiquement.}}
      * {{Cet article n’avait pas été expédié au {$until :day}. Votre commande de cet article a donc été annulée automatiquement.}}`,
    cancelledAsAsked: "Comme vous l’avez demandé, votre commande de cet article est annulée.",
    cancelled: "Votre commande de cet article est annulée.",
    cancelledUnits: `.input {$units :integer} .match $units
      one {{{$units} unité de cet article est annulée.}}
      * {{{$units} unités de cet article sont annulées.}}`,
    refundBy: "Tout ce que vous avez payé à ce titre vous est remboursé au plus tard le {$day :day}.",
    refundSoon: "Tout ce que vous avez payé à ce titre vous est remboursé sans retard injustifié.",
    refundLate: "Le remboursement de cet article était dû au plus tard le {$day :day} et n’a pas encore été effectué.",
    refunded: "Nous vous avons remboursé tout ce que vous aviez payé pour cet article.",

    placed: "Nous avons reçu votre commande {$order} chez {$shop} :",
    placedReady: "{$quantity :integer} × « {$product} » : en stock",
    placedBy: "{$quantity :integer} × « {$product} » : pas en stock, expédition prévue au plus tard le {$day :day}",
    placedUndated: "{$quantity :integer} × « {$product} » : pas en stock, pas encore de date",
    promised: "Nous prévoyons d’expédier cet article au plus tard le {$day :day}.",
    promiseMoved:
      "Nous prévoyons désormais d’expédier cet article au plus tard le {$day :day}, et non plus le {$before :day}.",
    promiseLost:
      "Nous ne pouvons plus expédier cet article comme prévu pour le {$before :day} et n’avons pas encore de nouvelle date.",
    promiseBroken: "Cet article devait être expédié au plus tard le {$day :day} et ne l’a pas encore été.",
    reasonSupplyChanged: "Le motif : une livraison de notre fournisseur a été modifiée.",
    reasonSupplyCancelled: "Le motif : une livraison de notre fournisseur a été annulée.",
    reasonCount: "Le motif : un inventaire a trouvé moins d’unités que le nombre enregistré.",
    ready: `.input {$units :integer} .match $units
      one {{L’unité qui manquait est maintenant réservée pour vous.}}
      * {{Les {$units} unités qui manquaient sont maintenant réservées pour vous.}}`,
    shipped: `.input {$units :integer} .match $units
      one {{{$units} unité a été expédiée.}}
      * {{{$units} unités ont été expédiées.}}`,
    remaining: `.input {$units :integer} .match $units
      one {{{$units} unité reste à expédier.}}
      * {{{$units} unités restent à expédier.}}`,
    returned: `.input {$units :integer} .match $units
      one {{Nous avons reçu {$units} unité en retour.}}
      * {{Nous avons reçu {$units} unités en retour.}}`,
    substituted: "Cet article remplace celui qui avait été commandé.",
    substitutes: "À la place de cet article, vous pouvez recevoir l’un de ceux-ci :",
    substituteReady: "« {$product} » : en stock",
    substituteBy: "« {$product} » : expédition prévue au plus tard le {$day :day}",
    substituteUndated: "« {$product} » : pas encore de date",
    substituteChoice: "Si vous n’en choisissez aucun, votre commande reste inchangée.",

    linkConsent: "Accepter le retard",
    linkCancel: "Annuler et obtenir le remboursement",
    linkOrder: "Voir la commande",
    linkSubstitute: "Choisir un autre article",

    subjectAnswer: "Commande {$order} : retard de « {$product} », merci de répondre au plus tard le {$until :day}",
    subjectChoice: "Commande {$order} : retard de « {$product} », vous pouvez attendre ou annuler",
    subjectDelayed: "Commande {$order} : retard de « {$product} »",
    subjectConsented: "Commande {$order} : vous avez accepté le retard de « {$product} »",
    subjectCancelled: "Commande {$order} : annulation de « {$product} »",
    subjectRefund: "Commande {$order} : remboursement de « {$product} »",
    subjectPlaced: "Commande {$order} : bien reçue",
    subjectPromised: "Commande {$order} : une date pour « {$product} »",
    subjectReady: "Commande {$order} : article réservé pour vous, « {$product} »",
    subjectShipped: "Commande {$order} : expédition de « {$product} »",
    subjectReturned: "Commande {$order} : retour de « {$product} »",
    subjectSubstituted: "Commande {$order} : désormais avec « {$product} »",
    subjectSubstitutes: "Commande {$order} : d’autres articles à la place de « {$product} »",
  },
};
