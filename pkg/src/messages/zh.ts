import type { Language } from "../../messages.js";

export const zh: Language = {
  tag: "zh",
  separator: "",
  messages: {
    greeting: ".input {$customer :string} .match $customer || {{尊敬的顾客：}} * {{尊敬的{$customer}：}}",
    about: "您在{$shop}的订单 {$order}：“{$product}”{$quantity :integer} 件。",
    closing: "此致",
    apology: "对此我们深表歉意。",

    delayed: `.input {$counts :string} .match $counts
      delivery {{我们无法按时交付该商品。}}
      * {{我们无法按时发出该商品。}}`,
    delayedAgain: `.input {$counts :string} .match $counts
      delivery {{该商品的交付再次延迟。}}
      * {{该商品的发货再次延迟。}}`,
    revised: `.input {$counts :string} .match $counts
      delivery {{新的日期：我们预计不晚于{$day :day}交付。}}
      * {{新的日期：我们预计不晚于{$day :day}发货。}}`,
    revisedUnknown: "我们无法说明延迟将持续多久。",
    reason: "延迟的原因：{$reason}",
    choice: "您可以选择：同意延迟，或者取消该商品的订单并及时获得全额退款。",
    silenceConsents:
      "如果您不答复，即视为您同意我们不晚于{$day :day}发货，除非我们在发货之前且在该日结束之前收到您的取消通知。",
    silenceConsentsUnknown: "如果您不答复，即视为您同意期限不定的延迟，除非我们在发货之前收到您的取消通知。",
    silenceCancels:
      "如果您不答复，该商品的订单将自动取消，您将及时获得全额退款，除非截至{$until :day}（含当日）我们已经发货。如需保留订单，我们必须在{$until :day}（含当日）之前收到您对延迟的明确同意。",
    silenceRejects:
      "这一次，您的沉默不视为同意：如果截至{$until :day}（含当日）我们既未收到您对再次延迟的明确同意，也未发出该商品，即视为您拒绝再次延迟。届时该商品的订单将自动取消，您将及时获得全额退款。",
    silenceNothing: "如果您不答复，您的订单继续有效，您的权利保持不变。",
    stillCancel: "如果您同意期限不定的延迟，在该商品实际发出之前，您仍有权随时取消，并及时获得全额退款。",
    answerFree: "您的答复无需任何费用。",
    rights: `.input {$counts :string} .match $counts
      delivery {{您可以为我们另行指定一个与具体情况相适应的交付期限。如果我们未在该期限内交付，您可以解除合同，并获得您依合同所付全部款项的退还，我们不得无故拖延。如果我们已拒绝交付，或者按约定日期交付至关重要，则无需另行指定期限。}}
      * {{您的法定权利不受影响。}}`,

    consented: "您已同意等待该商品至{$day :day}。",
    consentedUnknown: "您已同意等待该商品，尽管延迟的期限不定。",
    mayCancel: "在该商品实际发出之前，您可以取消，并及时获得全额退款。",
    cancellation: "我们将不会发出该商品，并已取消该商品的订单。",
    deemedCancelled: `.input {$counts :string} .match $counts
      delivery {{截至{$until :day}，该商品仍未交付，因此该商品的订单已自动取消。}}
      * {{截至{$until :day}，该商品仍未发出，因此该商品的订单已自动取消。}}`,
    cancelledAsAsked: "按照您的要求，该商品的订单已取消。",
    cancelled: "该商品的订单已取消。",
    cancelledUnits: "该商品已取消 {$units :integer} 件。",
    refundBy: "您为此支付的全部款项将最迟于{$day :day}退还给您。",
    refundSoon: "您为此支付的全部款项将退还给您，不作无故拖延。",
    refundLate: "该商品的退款应最迟于{$day :day}完成，但至今尚未退还。",
    refunded: "我们已退还您为该商品支付的全部款项。",

    placed: "我们已收到您在{$shop}的订单 {$order}：",
    placedReady: "“{$product}”{$quantity :integer} 件：有现货",
    placedBy: "“{$product}”{$quantity :integer} 件：缺货，预计不晚于{$day :day}发货",
    placedUndated: "“{$product}”{$quantity :integer} 件：缺货，发货日期待定",
    promised: "我们预计不晚于{$day :day}发出该商品。",
    promiseMoved: "我们现预计不晚于{$day :day}发出该商品，而不是此前的{$before :day}。",
    promiseLost: "我们已无法按原定的{$before :day}发出该商品，新的日期尚未确定。",
    promiseBroken: "该商品原定不晚于{$day :day}发出，目前尚未发出。",
    reasonSupplyChanged: "原因：供应商的一批到货有变动。",
    reasonSupplyCancelled: "原因：供应商的一批到货已取消。",
    reasonCount: "原因：盘点发现的数量少于记录的数量。",
    ready: "此前所缺的 {$units :integer} 件现已为您留好。",
    shipped: "已发出 {$units :integer} 件。",
    remaining: "尚有 {$units :integer} 件待发。",
    returned: "我们已收到您退回的 {$units :integer} 件。",
    substituted: "该商品现替代此前所订的商品。",
    substitutes: "您可以选择以下商品之一来替代该商品：",
    substituteReady: "“{$product}”：有现货",
    substituteBy: "“{$product}”：预计不晚于{$day :day}发货",
    substituteUndated: "“{$product}”：发货日期待定",
    substituteChoice: "如果您不作选择，您的订单保持不变。",

    linkConsent: "同意延迟",
    linkCancel: "取消并获得退款",
    linkOrder: "查看订单",
    linkSubstitute: "选择其他商品",

    subjectAnswer: "订单 {$order}：“{$product}”延迟，请最迟于{$until :day}答复",
    subjectChoice: "订单 {$order}：“{$product}”延迟，您可以等待或取消",
    subjectDelayed: "订单 {$order}：“{$product}”延迟",
    subjectConsented: "订单 {$order}：您已同意“{$product}”延迟",
    subjectCancelled: "订单 {$order}：“{$product}”已取消",
    subjectRefund: "订单 {$order}：“{$product}”的退款",
    subjectPlaced: "订单 {$order}：已收到",
    subjectPromised: "订单 {$order}：“{$product}”的发货日期",
    subjectReady: "订单 {$order}：“{$product}”已为您留好",
    subjectShipped: "订单 {$order}：“{$product}”已发出",
    subjectReturned: "订单 {$order}：“{$product}”已退回",
    subjectSubstituted: "订单 {$order}：现改为“{$product}”",
    subjectSubstitutes: "订单 {$order}：可替代“{$product}”的商品",
  },
};
