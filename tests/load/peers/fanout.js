// A server of viewers on Bun (uWebSockets inside), to compare with: `POST /pub` shows each line of its
// body to every viewer. Run by `cargo xtask bench`.
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  async fetch(request, server) {
    if (request.method === 'POST') {
      const lines = (await request.text()).split('\n');
      for (const line of lines) server.publish('hall', line);
      return new Response('');
    }
    return server.upgrade(request) ? undefined : new Response('', { status: 400 });
  },
  websocket: {
    idleTimeout: 0,
    perMessageDeflate: false,
    open(viewer) {
      viewer.subscribe('hall');
    },
    message() {},
  },
});
console.log(`listening on http://127.0.0.1:${server.port}`);
