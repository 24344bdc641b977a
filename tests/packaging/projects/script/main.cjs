const backorder = require("backorder");

import("./line.js").then(async ({ line }) => console.log(await line(backorder)));
