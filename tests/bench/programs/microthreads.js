// The programs of microthreads that asynchronous functions can do: microthreads.js NAME.
const name = process.argv[2], n = 1000000;
const now = () => Number(process.hrtime.bigint());
const start = now();
const each = count => ((now() - start) / count).toFixed(1);

function channel() {
  const senders = [], receivers = [];
  return {
    send(value) {
      if (receivers.length) { receivers.shift()(value); return Promise.resolve(); }
      return new Promise(done => senders.push([value, done]));
    },
    receive() {
      if (senders.length) { const [value, done] = senders.shift(); done(); return Promise.resolve(value); }
      return new Promise(done => receivers.push(done));
    },
  };
}

async function skynet(num, size, div) {
  if (size === 1) { await null; return num; }
  const children = [];
  for (let i = 0; i < div; i++) children.push(skynet(num + i * (size / div), size / div, div));
  let sum = 0;
  for (const child of children) sum += await child;
  return sum;
}

const programs = {
  async spawn() {
    let count = 0;
    for (let b = 0; b < n / 1000; b++) {
      const all = [];
      for (let i = 0; i < 1000; i++) all.push((async () => { await null; count += i; })());
      await Promise.all(all);
    }
    console.log('spawn ns/tasklet ' + each(n));
  },
  async yields() {
    const all = [];
    for (let k = 0; k < 100; k++) all.push((async () => { for (let i = 0; i < 20000; i++) await null; })());
    await Promise.all(all);
    console.log('yield ns/switch ' + each(2000000));
  },
  async pingpong() {
    const c = channel();
    const sender = (async () => { for (let i = 0; i < n; i++) await c.send(i); })();
    let sum = 0;
    for (let i = 0; i < n; i++) sum += await c.receive();
    await sender;
    console.log('pingpong ns/exchange ' + each(n));
  },
  async ring() {
    const k = 503, channels = Array.from({length: k}, channel);
    let finish;
    const finished = new Promise(done => { finish = done; });
    for (let i = 0; i < k; i++) (async () => {
      for (;;) {
        const t = await channels[i].receive();
        if (t === 0) return finish();
        await channels[(i + 1) % k].send(t - 1);
      }
    })();
    channels[0].send(n);
    await finished;
    console.log('ring ns/hop ' + each(n));
  },
  async skynet() {
    await skynet(0, 1000000, 10);
    console.log('skynet s ' + (each(1) / 1e9).toFixed(3));
  },
};
if (programs[name]) programs[name](); else process.exit(1);
