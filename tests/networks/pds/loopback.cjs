// Loaded before the servers: whatever they listen on, they listen on loopback only. Neither has a
// setting for it.
const net = require('node:net')

const { listen } = net.Server.prototype
net.Server.prototype.listen = function (...given) {
  const [first, ...rest] = given
  const callbacks = rest.filter((argument) => typeof argument === 'function')
  if (typeof first === 'number' || typeof first === 'string') {
    return listen.call(this, Number(first), '127.0.0.1', ...callbacks)
  }
  return listen.call(this, { ...first, host: '127.0.0.1' }, ...callbacks)
}
