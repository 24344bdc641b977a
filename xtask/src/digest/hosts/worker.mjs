// What runs inside workerd.

import { play } from "./play.mjs";

export default {
  async fetch(request) {
    try {
      return Response.json(await play(await request.text()));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
