"""The Python package `websockets` at the public's socket.

Arguments: the address, a token, and the frames to send once the first came; the last of them goes
in two pieces, after a ping. Every text frame that comes is a line, and so are the answer to the
ping and the end.
"""

import asyncio
import json
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed


def say(kind, what):
    print(json.dumps({"kind": kind, "what": what}), flush=True)


async def main(address, token, *words):
    async with connect(address, additional_headers={"authorization": f"Bearer {token}"}) as socket:
        say("compressed", ", ".join(extension.name for extension in socket.protocol.extensions))
        first = await socket.recv()
        say("text", first)
        *whole, last = words
        for text in whole:
            await socket.send(text)
        await (await socket.ping("still there?"))
        say("pong", "still there?")
        await socket.send([last[:10], last[10:]])
        try:
            while True:
                say("text", await socket.recv())
        except ConnectionClosed as closed:
            end = closed.rcvd
            say("close", f"{end.code} {end.reason}" if end else "1006 ")


asyncio.run(main(*sys.argv[1:]))
