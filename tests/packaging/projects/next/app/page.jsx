"use client";

import { createEngine, init, restoreEngine } from "backorder";
import { useEffect, useState } from "react";
import { line } from "../line.js";

export default function Page() {
  const [said, say] = useState("");
  useEffect(() => {
    init()
      .then(() => line({ createEngine, restoreEngine }))
      .then(say);
  }, []);
  return <p id="line">{said}</p>;
}
