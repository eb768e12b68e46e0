// Ways out of a page that no route sees and no contact form needs, taken away before the page's own scripts run.
(() => {
  // Measured: WebRTC reaches TURN servers by TCP whatever its policy.
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport', 'WebSocketStream', 'fetchLater']) {
    delete globalThis[name];
  }

  const {addEventListener, dispatchEvent} = EventTarget.prototype;
  // What a page sends by a socket while it goes away is told to nobody: its DevTools session is the next page's by then
  // (measured with Chromium 156). So no socket of it sends any more; a page may use those of its frames, too.
  const GONE = 'autofill-page-gone';
  const Socket = globalThis.WebSocket;
  const {send} = Socket.prototype;
  let gone = false;
  const go = () => {
    gone = true;
    for (let n = 0; n < window.length; n += 1) {
      try {
        dispatchEvent.call(window[n], new Event(GONE));
      } catch {
        // Another site's frame has a script of its own.
      }
    }
  };
  addEventListener.call(window, 'pagehide', go, true);
  addEventListener.call(window, GONE, go, true);
  Socket.prototype.send = function (data) {
    if (!gone) send.call(this, data);
  };
  globalThis.WebSocket = new Proxy(Socket, {
    construct(socket, given, target) {
      if (gone) throw new DOMException('The page is going away.', 'SecurityError');
      return Reflect.construct(socket, given, target);
    },
  });
  Socket.prototype.constructor = globalThis.WebSocket;

  // No switch stops speculation rules.
  const script = HTMLScriptElement.prototype;
  const {get, set, ...rest} = Object.getOwnPropertyDescriptor(script, 'type');
  const tamed = (type) => String(type).trim().toLowerCase() === 'speculationrules' ? 'text/plain' : type;
  Object.defineProperty(script, 'type', {...rest, get, set(type) { set.call(this, tamed(type)); }});
  script.setAttribute = function (name, value) {
    const given = String(name).toLowerCase() === 'type' ? tamed(value) : value;
    return Element.prototype.setAttribute.call(this, name, given);
  };

  // Downloads are refused anyway, but asked for first, and some are not shown to any interceptor (measured: one in ten
  // where two pages downloaded at a time). A link is one if it says so, or is clicked with the Alt key.
  const {hasAttribute, removeAttribute, matches, attachShadow} = Element.prototype;
  const {click} = HTMLElement.prototype;
  const {composedPath, preventDefault} = Event.prototype;
  const altKey = Object.getOwnPropertyDescriptor(MouseEvent.prototype, 'altKey').get;
  const downloads = (node, event) => node instanceof Element && matches.call(node, 'a,area')
    && (hasAttribute.call(node, 'download') || (event instanceof MouseEvent && altKey.call(event)));
  const refuse = (event, path) => {
    for (const link of path.filter((node) => downloads(node, event))) {
      preventDefault.call(event);
      // What cannot be prevented becomes a navigation, which routes see.
      if (!event.cancelable) removeAttribute.call(link, 'download');
    }
  };
  const watch = (root) => addEventListener.call(root, 'click', (event) => refuse(event, composedPath.call(event)), true);
  watch(window);
  // What stands in a closed shadow, or nowhere on the page, is not in the path that the window sees.
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    watch(root);
    return root;
  };
  HTMLElement.prototype.click = function () {
    if (!downloads(this)) click.call(this);
  };
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event.type === 'click') refuse(event, [this]);
    return dispatchEvent.call(this, event);
  };
})();
