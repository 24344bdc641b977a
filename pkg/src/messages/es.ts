import type { Language } from "../../messages.js";

export const es: Language = {
  tag: "es",
  messages: {
    greeting: ".input {$customer :string} .match $customer || {{Buenos días:}} * {{Buenos días, {$customer}:}}",
    about: `.input {$quantity :integer} .match $quantity
      one {{Su pedido {$order} a {$shop}: {$quantity} unidad de «{$product}».}}
      * {{Su pedido {$order} a {$shop}: {$quantity} unidades de «{$product}».}}`,
    closing: "Atentamente,",
    apology: "Le rogamos que nos disculpe.",

    delayed: `.input {$counts :string} .match $counts
      delivery {{No podemos entregar este artículo a tiempo.}}
      * {{No podemos enviar este artículo a tiempo.}}`,
    delayedAgain: `.input {$counts :string} .match $counts
      delivery {{La entrega de este artículo se retrasa de nuevo.}}
      * {{El envío de este artículo se retrasa de nuevo.}}`,
    revised: `.input {$counts :string} .match $counts
      delivery {{La nueva fecha: prevemos entregarlo a más tardar el {$day :day}.}}
      * {{La nueva fecha: prevemos enviarlo a más tardar el {$day :day}.}}`,
    revisedUnknown: "No podemos decirle cuánto durará el retraso.",
    reason: "El motivo del retraso: {$reason}",
    choice:
      "Usted puede elegir: aceptar el retraso, o cancelar su pedido de este artículo y recibir sin demora el reembolso íntegro.",
    silenceConsents:
      "Si no responde, se entenderá que acepta el envío a más tardar el {$day :day}, salvo que recibamos su cancelación antes del envío y antes de que termine ese día.",
    silenceConsentsUnknown:
      "Si no responde, se entenderá que acepta un retraso de duración indeterminada, salvo que recibamos su cancelación antes del envío.",
    silenceCancels:
      "Si no responde, su pedido de este artículo se cancelará automáticamente y usted recibirá sin demora el reembolso íntegro, salvo que lo hayamos enviado a más tardar el {$until :day}. Para mantener el pedido, debemos recibir su aceptación expresa del retraso a más tardar el {$until :day}.",
    silenceRejects:
      "Esta vez su silencio no equivale a una aceptación: si a más tardar el {$until :day} no hemos recibido su aceptación expresa del nuevo retraso ni hemos enviado el artículo, se entenderá que usted rechaza el nuevo retraso. Su pedido de este artículo se cancelará entonces automáticamente y usted recibirá sin demora el reembolso íntegro.",
    silenceNothing: "Si no responde, su pedido se mantiene y sus derechos siguen siendo los mismos.",
    stillCancel:
      "Si acepta un retraso de duración indeterminada, conserva el derecho a cancelar en cualquier momento hasta que el artículo se haya enviado efectivamente y a recibir sin demora el reembolso íntegro.",
    answerFree: "Su respuesta no le cuesta nada.",
    rights: `.input {$counts :string} .match $counts
      delivery {{Usted puede fijarnos un plazo adicional de entrega adecuado a las circunstancias. Si no entregamos dentro de ese plazo, puede poner fin al contrato y recuperar sin demora indebida todo lo que haya pagado en virtud de él. No hace falta fijar ese plazo si nos hemos negado a entregar o si la entrega en la fecha convenida es esencial.}}
      * {{Sus derechos legales no se ven afectados.}}`,

    consented: "Usted ha aceptado esperar este artículo hasta el {$day :day}.",
    consentedUnknown: "Usted ha aceptado esperar este artículo aunque la duración del retraso es indeterminada.",
    mayCancel:
      "Puede cancelar hasta que el artículo se haya enviado efectivamente y recibir entonces sin demora el reembolso íntegro.",
    cancellation: "No enviaremos este artículo y hemos cancelado el pedido correspondiente.",
    deemedCancelled: `.input {$counts :string} .match $counts
      delivery {{El {$until :day} este artículo aún no se había entregado. Por ello, su pedido de este artículo se ha cancelado automáticamente.}}
      * {{El {$until :day} este artículo aún no se había enviado. Por ello, su pedido de este artículo se ha cancelado automáticamente.}}`,
    cancelledAsAsked: "Tal como ha solicitado, su pedido de este artículo queda cancelado.",
    cancelled: "Su pedido de este artículo queda cancelado.",
    cancelledUnits: `.input {$units :integer} .match $units
      one {{Queda cancelada {$units} unidad de este artículo.}}
      * {{Quedan canceladas {$units} unidades de este artículo.}}`,
    refundBy: "Le reembolsaremos todo lo que haya pagado por él a más tardar el {$day :day}.",
    refundSoon: "Le reembolsaremos todo lo que haya pagado por él sin demora indebida.",
    refundLate: "El reembolso de este artículo debía hacerse a más tardar el {$day :day} y aún no se ha hecho.",
    refunded: "Le hemos reembolsado todo lo que había pagado por este artículo.",

    placed: "Hemos recibido su pedido {$order} a {$shop}:",
    placedReady: "{$quantity :integer} × «{$product}»: en existencias",
    placedBy: "{$quantity :integer} × «{$product}»: sin existencias, envío previsto a más tardar el {$day :day}",
    placedUndated: "{$quantity :integer} × «{$product}»: sin existencias, sin fecha aún",
    promised: "Prevemos enviar este artículo a más tardar el {$day :day}.",
    promiseMoved: "Ahora prevemos enviar este artículo a más tardar el {$day :day}, y no el {$before :day}.",
    promiseLost: "Ya no podemos enviar este artículo para el {$before :day} y aún no tenemos una nueva fecha.",
    promiseBroken: "Este artículo debía enviarse a más tardar el {$day :day} y aún no se ha enviado.",
    reasonSupplyChanged: "El motivo: ha cambiado una entrega de nuestro proveedor.",
    reasonSupplyCancelled: "El motivo: se ha cancelado una entrega de nuestro proveedor.",
    reasonCount: "El motivo: un recuento encontró menos unidades de las registradas.",
    ready: `.input {$units :integer} .match $units
      one {{La unidad que faltaba ya está reservada para usted.}}
      * {{Las {$units} unidades que faltaban ya están reservadas para usted.}}`,
    shipped: `.input {$units :integer} .match $units
      one {{Se ha enviado {$units} unidad.}}
      * {{Se han enviado {$units} unidades.}}`,
    remaining: `.input {$units :integer} .match $units
      one {{Queda {$units} unidad por enviar.}}
      * {{Quedan {$units} unidades por enviar.}}`,
    returned: `.input {$units :integer} .match $units
      one {{Hemos recibido {$units} unidad devuelta.}}
      * {{Hemos recibido {$units} unidades devueltas.}}`,
    substituted: "Este artículo sustituye al que se había pedido antes.",
    substitutes: "En lugar de este artículo puede recibir uno de estos:",
    substituteReady: "«{$product}»: en existencias",
    substituteBy: "«{$product}»: envío previsto a más tardar el {$day :day}",
    substituteUndated: "«{$product}»: sin fecha aún",
    substituteChoice: "Si no elige ninguno, su pedido queda como está.",

    linkConsent: "Aceptar el retraso",
    linkCancel: "Cancelar y recibir el reembolso",
    linkOrder: "Ver el pedido",
    linkSubstitute: "Elegir otro artículo",

    subjectAnswer: "Pedido {$order}: «{$product}» se retrasa, le rogamos que responda a más tardar el {$until :day}",
    subjectChoice: "Pedido {$order}: «{$product}» se retrasa, puede esperar o cancelar",
    subjectDelayed: "Pedido {$order}: «{$product}» se retrasa",
    subjectConsented: "Pedido {$order}: ha aceptado el retraso de «{$product}»",
    subjectCancelled: "Pedido {$order}: cancelación de «{$product}»",
    subjectRefund: "Pedido {$order}: reembolso de «{$product}»",
    subjectPlaced: "Pedido {$order}: recibido",
    subjectPromised: "Pedido {$order}: una fecha para «{$product}»",
    subjectReady: "Pedido {$order}: «{$product}», artículo reservado para usted",
    subjectShipped: "Pedido {$order}: envío de «{$product}»",
    subjectReturned: "Pedido {$order}: devolución de «{$product}»",
    subjectSubstituted: "Pedido {$order}: ahora con «{$product}»",
    subjectSubstitutes: "Pedido {$order}: otros artículos en lugar de «{$product}»",
  },
};
