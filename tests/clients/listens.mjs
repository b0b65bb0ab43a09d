// The npm package `ws` at the public's socket. Arguments: the address, a token, and the frames to
// send once the first came; the last of them goes in two pieces with a ping between them. Every
// text frame that comes is a line, and so are the answer to the ping and the end.
import WebSocket from "ws";

const [address, token, ...words] = process.argv.slice(2);
const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
const say = (kind, what) => console.log(JSON.stringify({ kind, what }));

socket.once("message", () => {
  const last = words.pop();
  for (const text of words) socket.send(text);
  if (last === undefined) return;
  socket.send(last.slice(0, 10), { fin: false });
  socket.ping("still there?");
  socket.send(last.slice(10), { fin: true });
});
socket.on("message", (data, binary) => say(binary ? "binary" : "text", data.toString()));
socket.on("pong", (data) => say("pong", data.toString()));
socket.on("close", (code, reason) => say("close", `${code} ${reason}`));
socket.on("error", (error) => say("error", error.message));
say("compressed", socket.extensions);
