// What comes in: event streams, which the browser resumes by itself, and a few figures that are asked for again and again.

/**
 * Opens one connection for several event streams and keeps it open: a browser has few connections to one server. `onData` gets
 * the stream's name and the parsed data of each event; `onState` gets a stream's name and 'live', 'waiting' (the gateway is
 * there, the service behind it is not) or 'lost' (the gateway is not there).
 */
export function streams(names, onData, onState) {
  let source;
  let again = 0;
  const open = () => {
    source = new EventSource('/v1/stream?topics=' + names.join(','));
    for (const name of names) source.addEventListener(name, (event) => onData(name, JSON.parse(event.data)));
    source.addEventListener('upstream', (event) => {
      const {stream, connected} = JSON.parse(event.data);
      onState(stream, connected ? 'live' : 'waiting');
    });
    source.onerror = () => {
      names.forEach((name) => onState(name, 'lost'));
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(again);
        again = setTimeout(open, 3000);
      }
    };
  };
  open();
}

/** An answer of the gateway, or the problem that it reports. */
export async function get(path) {
  const response = await fetch(path, {headers: {Accept: 'application/json'}});
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw Object.assign(new Error(body.detail ?? `HTTP ${response.status}`), {status: response.status, problem: body});
  }
  return body;
}

/**
 * Asks every `pause` milliseconds while the page is seen; a failure is told and asked again. A path that is a function may
 * answer undefined: there is nothing to ask yet.
 */
export function poll(path, pause, onData, onFailure) {
  let timer = 0;
  let asking = false;
  const ask = async () => {
    clearTimeout(timer);
    if (asking) return;
    asking = true;
    try {
      const now = typeof path === 'function' ? path() : path;
      if (now && !document.hidden) onData(await get(now));
    } catch (failure) {
      onFailure(failure);
    } finally {
      asking = false;
    }
    timer = setTimeout(ask, pause);
  };
  document.addEventListener('visibilitychange', () => document.hidden || ask());
  ask();
  return ask;
}
