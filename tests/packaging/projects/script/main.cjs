const backorder = require("backorder");

import("./line.js").then(({ line }) => console.log(line(backorder)));
